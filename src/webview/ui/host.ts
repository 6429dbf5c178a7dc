/** The page's end of the channel to the extension, and what the page keeps over a reload of the window. */
import { Channel, type Handlers, type Offer, type Port } from "../../protocol/channel";

const api = acquireVsCodeApi();

const port: Port = {
  send: (message) => {
    api.postMessage(message);
  },
  receive: (listener) => {
    const hear = ({ data }: MessageEvent<unknown>): void => {
      listener(data);
    };
    window.addEventListener("message", hear);
    return () => {
      window.removeEventListener("message", hear);
    };
  },
};

export function connect<Ours extends Offer<Ours>, Theirs extends Offer<Theirs>>(
  handlers: Handlers<Ours>,
): Channel<Ours, Theirs> {
  return new Channel<Ours, Theirs>(port, handlers);
}

/** Keeps a plain value for the day on which the window brings this page back. */
export function remember(memory: unknown): void {
  api.setState(memory);
}

export function remembered(): unknown {
  return api.getState();
}
