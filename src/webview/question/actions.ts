/** What the parts of the page can set off; the page itself knows how. */
import type { Reading, Response } from "../../core/exam/answer";
import type { Confidence } from "../../core/exam/statistics";

export interface Actions {
  readonly understand: (part: string, response: Response) => Promise<Reading>;
  readonly check: (part: string, response: Response, confidence: Confidence | undefined) => void;
  /** Shows the program of a part in an editor. */
  readonly openProgram: (part: string) => void;
  readonly compare: (part: string, response: Response) => void;
  readonly hint: (part?: string) => void;
}
