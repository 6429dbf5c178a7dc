/** The one transport between the extension and a page: named calls in both directions, each answered or refused. */

/** The wire: what a webview or a page offers for sending and receiving. */
export interface Port {
  readonly send: (message: unknown) => void;
  /** Calls the listener for each message that arrives; the result ends that. */
  readonly receive: (listener: (message: unknown) => void) => () => void;
}

/** What a side offers to the other: functions of one argument, plain data in and out. */
export type Offer<Functions> = { readonly [Name in keyof Functions]: (argument: never) => unknown };

type ArgumentOf<Function> = Function extends (argument: infer Argument) => unknown ? Argument : never;
type ResultOf<Function> = Function extends (argument: never) => infer Result ? Awaited<Result> : never;

/** What this side does when it is called; an answer may take its time. */
export type Handlers<Functions> = {
  readonly [Name in keyof Functions]: (
    argument: ArgumentOf<Functions[Name]>,
  ) => ResultOf<Functions[Name]> | Promise<ResultOf<Functions[Name]>>;
};

type Message =
  | { readonly kind: "call"; readonly id: number; readonly name: string; readonly argument: unknown }
  | { readonly kind: "answer"; readonly id: number; readonly result: unknown }
  | { readonly kind: "refusal"; readonly id: number; readonly problem: string };

interface Pending {
  readonly resolve: (result: unknown) => void;
  readonly reject: (problem: Error) => void;
}

/** One end of the wire. `Ours` is what this side offers, `Theirs` what it may call. */
export class Channel<Ours extends Offer<Ours>, Theirs extends Offer<Theirs>> {
  readonly #port: Port;
  readonly #handlers: Handlers<Ours>;
  readonly #pending = new Map<number, Pending>();
  readonly #stop: () => void;
  #lastId = 0;

  constructor(port: Port, handlers: Handlers<Ours>) {
    this.#port = port;
    this.#handlers = handlers;
    this.#stop = port.receive((message) => {
      if (isMessage(message)) this.#take(message);
    });
  }

  /** Calls a function of the other side; rejects with its problem, or when the channel closes before the answer. */
  call<Name extends keyof Theirs & string>(
    name: Name,
    argument: ArgumentOf<Theirs[Name]>,
  ): Promise<ResultOf<Theirs[Name]>> {
    const id = ++this.#lastId;
    return new Promise<ResultOf<Theirs[Name]>>((resolve, reject) => {
      this.#pending.set(id, { resolve: resolve as (result: unknown) => void, reject });
      this.#port.send({ kind: "call", id, name, argument } satisfies Message);
    });
  }

  /** Ends listening and rejects the calls that are still open. */
  close(): void {
    this.#stop();
    for (const { reject } of this.#pending.values()) reject(new Error("The page was closed."));
    this.#pending.clear();
  }

  #take(message: Message): void {
    if (message.kind === "call") void this.#serve(message);
    else this.#settle(message);
  }

  async #serve({ id, name, argument }: Extract<Message, { kind: "call" }>): Promise<void> {
    let answer: Message;
    try {
      if (!Object.hasOwn(this.#handlers, name)) throw new Error(`There is no function “${name}”.`);
      const handler = this.#handlers[name as keyof Ours] as (argument: unknown) => unknown;
      answer = { kind: "answer", id, result: await handler(argument) };
    } catch (error) {
      answer = { kind: "refusal", id, problem: error instanceof Error ? error.message : String(error) };
    }
    this.#port.send(answer);
  }

  #settle(message: Exclude<Message, { kind: "call" }>): void {
    const pending = this.#pending.get(message.id);
    this.#pending.delete(message.id);
    if (message.kind === "answer") pending?.resolve(message.result);
    else pending?.reject(new Error(message.problem));
  }
}

/** A page also hears messages of the browser and of its extensions: they are left alone. */
function isMessage(value: unknown): value is Message {
  if (typeof value !== "object" || value === null) return false;
  const { kind, id } = value as { kind?: unknown; id?: unknown };
  return typeof id === "number" && (kind === "call" || kind === "answer" || kind === "refusal");
}
