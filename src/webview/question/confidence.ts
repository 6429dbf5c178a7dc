/** How sure the student is, said before the answer is checked; nobody has to say it. */
import { confidences, type Confidence } from "../../core/exam/statistics";
import { element } from "../ui/element";

export interface ConfidenceView {
  readonly node: HTMLElement;
  readonly read: () => Confidence | undefined;
  /** Once a model answer is on the page it is too late to say. */
  readonly lock: (locked: boolean) => void;
}

const words: Record<Confidence, string> = { guess: "A guess", unsure: "Unsure", sure: "Sure" };

export function confidenceView(part: string): ConfidenceView {
  const id = `confidence-${part}`;
  const options = confidences.map((value) => element("option", { value }, words[value]));
  const select = element("select", { id }, element("option", { value: "" }, "–"), ...options);
  return {
    node: element("span", { class: "confidence" }, element("label", { for: id }, "How sure are you?"), select),
    read: () => confidences.find((value) => value === select.value),
    lock: (locked) => (select.disabled = locked),
  };
}
