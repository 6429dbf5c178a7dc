/** The transport between extension and page, over a wire inside the test. */
import { assert } from "chai";
import { Channel, type Port } from "../../../src/protocol/channel";

interface Calculator {
  half(value: number): number;
  slowHalf(value: number): number;
  fail(reason: string): null;
}

interface Display {
  show(text: string): null;
}

/** Two ports joined back to back; messages arrive later and as copies, as they do from a page. */
function wire(): { left: Port; right: Port; sent: unknown[] } {
  const sent: unknown[] = [];
  const listeners = { left: new Set<(message: unknown) => void>(), right: new Set<(message: unknown) => void>() };
  const port = (own: "left" | "right", other: "left" | "right"): Port => ({
    send: (message) => {
      sent.push(message);
      const copy: unknown = structuredClone(message);
      setTimeout(() => {
        for (const listener of listeners[other]) listener(copy);
      });
    },
    receive: (listener) => {
      listeners[own].add(listener);
      return () => listeners[own].delete(listener);
    },
  });
  return { left: port("left", "right"), right: port("right", "left"), sent };
}

function connect() {
  const { left, right, sent } = wire();
  const shown: string[] = [];
  const host = new Channel<Calculator, Display>(left, {
    half: (value) => value / 2,
    slowHalf: (value) => new Promise((resolve) => setTimeout(resolve, 20, value / 2)),
    fail: (reason) => {
      throw new Error(reason);
    },
  });
  const page = new Channel<Display, Calculator>(right, {
    show: (text) => {
      shown.push(text);
      return null;
    },
  });
  return { host, page, shown, sent, left, right };
}

async function problemOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  throw new Error("It was not refused.");
}

describe("the channel between extension and page", () => {
  it("carries calls and their answers in both directions", async () => {
    const { host, page, shown } = connect();
    assert.equal(await page.call("half", 10), 5);
    await host.call("show", "five");
    assert.deepEqual(shown, ["five"]);
  });

  it("gives each call its own answer, whatever their order", async () => {
    const { page } = connect();
    assert.deepEqual(await Promise.all([page.call("slowHalf", 2), page.call("half", 6)]), [1, 3]);
  });

  it("passes the words of a failure on", async () => {
    const { page } = connect();
    assert.equal(await problemOf(page.call("fail", "No such bank.")), "No such bank.");
  });

  for (const name of ["nothing", "toString", "__proto__"]) {
    it(`refuses the unknown function “${name}”`, async () => {
      const { page } = connect();
      assert.include(await problemOf(page.call(name as "half", 1)), name);
    });
  }

  it("rejects open calls when it closes, and is silent afterwards", async () => {
    const { page, host, shown } = connect();
    const open = problemOf(page.call("slowHalf", 2));
    page.close();
    assert.equal(await open, "The page was closed.");
    void host.call("show", "too late");
    await new Promise((resolve) => setTimeout(resolve, 30));
    assert.deepEqual(shown, []);
  });

  it("leaves messages alone that are not its own", async () => {
    const { page, left, sent } = connect();
    for (const stray of [null, "text", 7, {}, { kind: "call" }, { id: 3, kind: "other" }, { kind: "answer", id: 99 }]) {
      left.send(stray);
    }
    const before = sent.length;
    assert.equal(await page.call("half", 4), 2);
    assert.equal(sent.length, before + 2);
  });
});
