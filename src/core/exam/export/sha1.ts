/** SHA-1 (FIPS 180-4), which Anki uses to find notes with the same first field. No secret depends on it. */

const start = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0] as const;

/** The hash as five 32-bit numbers. */
export function sha1(bytes: Uint8Array): readonly number[] {
  const words = padded(bytes);
  let state: number[] = [...start];
  for (let block = 0; block < words.length; block += 16) {
    const mixed = rounds(state, words.slice(block, block + 16));
    state = state.map((word, place) => (word + mixed[place]!) >>> 0);
  }
  return state;
}

/** Big-endian words: the bytes, a one bit, zeros, and the length in bits. */
function padded(bytes: Uint8Array): number[] {
  const words = new Array<number>(16 * Math.ceil((bytes.length + 9) / 64)).fill(0);
  for (let at = 0; at <= bytes.length; at++) {
    const byte = at < bytes.length ? bytes[at]! : 0x80;
    words[at >> 2]! |= byte << (24 - 8 * (at & 3));
  }
  words[words.length - 2] = Math.floor(bytes.length / 2 ** 29);
  words[words.length - 1] = (bytes.length << 3) >>> 0;
  return words;
}

function rounds(state: readonly number[], message: number[]): readonly number[] {
  for (let at = 16; at < 80; at++) {
    message.push(rotated(message[at - 3]! ^ message[at - 8]! ^ message[at - 14]! ^ message[at - 16]!, 1));
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0] = state;
  for (const [at, word] of message.entries()) {
    const [mixed, constant] = step(at, b, c, d);
    const next = (rotated(a, 5) + mixed + e + constant + word) >>> 0;
    [a, b, c, d, e] = [next, a, rotated(b, 30), c, d];
  }
  return [a, b, c, d, e];
}

function step(at: number, b: number, c: number, d: number): readonly [number, number] {
  if (at < 20) return [(b & c) | (~b & d), 0x5a827999];
  if (at < 40) return [b ^ c ^ d, 0x6ed9eba1];
  if (at < 60) return [(b & c) | (b & d) | (c & d), 0x8f1bbcdc];
  return [b ^ c ^ d, 0xca62c1d6];
}

const rotated = (word: number, by: number): number => ((word << by) | (word >>> (32 - by))) >>> 0;
