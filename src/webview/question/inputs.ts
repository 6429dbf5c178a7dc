/** How an answer is given: one native control, or group of controls, for each kind of input. */
import type { InputKind, Response } from "../../core/exam/answer";
import { judgement } from "../../protocol/judgement";
import type { OptionState, PartState } from "../../protocol/question";
import { element } from "../ui/element";
import { inlineMarkdown, markdown } from "../ui/markdown";

export interface Input {
  readonly node: HTMLElement;
  readonly read: () => Response;
  readonly write: (response: Response) => void;
  /** Shows the reasons that came with a grade. */
  readonly update: (part: PartState) => void;
}

const makers: Record<InputKind, (part: PartState, openProgram: () => void) => Input> = {
  line: (part) => textInput(element("input", { ...textAttributes(part), type: "text", size: 1 })),
  text: (part) => textInput(element("textarea", { ...textAttributes(part), rows: 6 })),
  one: (part) => optionsInput(part, "radio"),
  many: (part) => optionsInput(part, "checkbox"),
  code: programInput,
};

/** `openProgram` shows the program of the part in an editor. */
export function inputFor(part: PartState, openProgram: () => void): Input {
  const input = makers[part.input](part, openProgram);
  input.write(part.response);
  input.update(part);
  return input;
}

/** A part with a text of its own is named by that, the only part of a question by what it wants. */
const nameOf = ({ id, prompt }: PartState) =>
  prompt === "" ? { "aria-label": "Your answer" } : { "aria-labelledby": `prompt-${id}` };

function textAttributes(part: PartState) {
  const { id, input, placeholder } = part;
  return {
    id: `input-${id}`,
    placeholder,
    ...nameOf(part),
    "aria-describedby": input === "line" ? `reading-${id}` : undefined,
    autocomplete: "off",
    autocapitalize: "off",
    spellcheck: input === "text" ? "true" : "false",
  };
}

function textInput(field: HTMLInputElement | HTMLTextAreaElement): Input {
  field.addEventListener("keydown", (event) => {
    if (event instanceof KeyboardEvent && event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      field.form?.requestSubmit();
    }
  });
  return {
    node: field,
    read: () => ({ text: field.value }),
    write: ({ text }) => (field.value = text ?? ""),
    update: () => undefined,
  };
}

/** The program is in the editor, and the extension reads it there. */
function programInput({ id, prompt }: PartState, openProgram: () => void): Input {
  const described = prompt === "" ? {} : { "aria-describedby": `prompt-${id}` };
  const open = element("button", { type: "button", class: "secondary", ...described }, "Open in the editor");
  open.addEventListener("click", openProgram);
  return { node: open, read: () => ({}), write: () => undefined, update: () => undefined };
}

function optionsInput({ id, options, input, prompt }: PartState, type: "radio" | "checkbox"): Input {
  const boxes = options.map(({ place }) =>
    element("input", { type, name: `input-${id}`, id: `input-${id}-${place}`, value: place }),
  );
  const reasons = options.map(() => element("div", { class: "reason" }));
  const rows = options.map(({ place, text }, row) => {
    const label = element("label", { for: `input-${id}-${place}` }, inlineMarkdown(text));
    return element("div", { class: "option" }, boxes[row], element("div", {}, label, reasons[row]));
  });
  const caption = input === "one" ? "Choose one" : "Choose all that apply";
  return {
    node: element(
      "fieldset",
      { class: "options", "aria-describedby": prompt === "" ? undefined : `prompt-${id}` },
      element("legend", {}, caption),
      ...rows,
    ),
    read: () => ({
      chosen: options.flatMap(({ place }, row) => (boxes[row]!.checked ? [place] : [])).sort((a, b) => a - b),
    }),
    write: ({ chosen = [] }) => {
      for (const [row, { place }] of options.entries()) boxes[row]!.checked = chosen.includes(place);
    },
    update: (part) => {
      for (const [at, { place }] of options.entries()) {
        const option = part.options.find((candidate) => candidate.place === place);
        showReason(rows[at]!, reasons[at]!, option, type);
      }
    },
  };
}

function showReason(
  row: HTMLElement,
  target: HTMLElement,
  option: OptionState | undefined,
  type: "radio" | "checkbox",
): void {
  const reason = option?.reason;
  const { truth, choice, color } = judgement(reason, type);
  row.classList.toggle("right", color === "right");
  row.classList.toggle("wrong", color === "wrong");
  if (!reason) {
    target.replaceChildren();
    return;
  }
  const text = markdown(reason.text);
  const first = text.firstElementChild ?? text;
  first.prepend(element("strong", {}, `${truth} `));
  if (choice !== "") first.append(element("strong", {}, ` ${choice}`));
  target.replaceChildren(text);
}
