/** How a command ends, and how it says that something cannot be done. */

/** 0: nothing found; 1: findings; 2: something could not be read, or the call is wrong. */
export type ExitStatus = 0 | 1 | 2;

/** All that a command says. */
export interface Answer {
  readonly status: ExitStatus;
  readonly output?: string;
  /** For the person at the terminal, behind the output. */
  readonly complaint?: string;
}

export function cannot(complaint: string): Answer {
  return { status: 2, complaint };
}

export function say({ status, output, complaint }: Answer): ExitStatus {
  if (output !== undefined) print(output);
  if (complaint !== undefined) complain(complaint);
  return status;
}

/** A message for the person at the terminal; the command goes on or ends with status 2. */
export function complain(message: string): void {
  process.stderr.write(`forward-pass: ${message}\n`);
}

export function print(text: string): void {
  process.stdout.write(text.endsWith("\n") ? text : `${text}\n`);
}

/** Why a file could not be read, in words. */
export function readError(path: string, error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ENOENT") return `${path} does not exist.`;
  if (code === "EACCES") return `${path} may not be read.`;
  if (code === "EISDIR") return `${path} is a folder, not a file.`;
  return `${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`;
}
