/** Reads a bank (`*.quiz.md`): its questions and drill templates, and what is wrong with it, where. */
import type { Diagnostic } from "../text/diagnostic";
import { SourceText, type Span } from "../text/source";
import type { Report } from "./answerBlock";
import type { Bank, DrillTemplate, Question } from "./question";
import { checkFenceNames } from "./reader/fenceNames";
import { blocksFrom, type Block } from "./reader/blocks";
import { readFrontMatter } from "./reader/frontMatter";
import { readQuestion } from "./reader/questionReader";

export interface ReadBank {
  readonly bank: Bank;
  readonly diagnostics: readonly Diagnostic[];
}

/** A bank with errors still yields its good questions; one without a head gets its id from its path. */
export function readBank(path: string, text: string): ReadBank {
  const source = new SourceText(path, text);
  const diagnostics: Diagnostic[] = [];
  const report = reporter(diagnostics);
  reportControls(text, report);
  checkFenceNames(source, report);
  const { nextLine, ...head } = readFrontMatter(source, report);
  const questions: Question[] = [];
  const drills: DrillTemplate[] = [];
  const known = new Set<string>();
  for (const { section, heading, blocks } of questionBlocks(source, blocksFrom(source, nextLine), report)) {
    const found: Diagnostic[] = [];
    const read = readQuestion(source, heading, blocks, { symbols: head.symbols, report: reporter(found), section });
    if (read && known.has(read.id)) reporter(found)("duplicate-id", `There is a question “${read.id}” above.`, heading);
    if (read) known.add(read.id);
    diagnostics.push(...found);
    if (!read || found.some(({ severity }) => severity === "error")) continue;
    if ("parameters" in read) drills.push(read);
    else questions.push(read);
  }
  const bank = { ...head, id: head.id === "" ? idOfPath(path) : head.id, path, questions, drills };
  return { bank, diagnostics: diagnostics.sort((a, b) => a.span.start - b.span.start) };
}

function reporter(into: Diagnostic[]): Report {
  return (rule, message, span, severity = "error") => {
    into.push({ rule: `bank-${rule}`, severity, message, span, related: [], fixes: [] });
  };
}

const idOfPath = (path: string): string => /([^/\\]*?)(?:\.quiz)?(?:\.md)?$/.exec(path)?.[1] ?? path;

/** Form feeds and the like, which copying from elsewhere leaves behind. */
function reportControls(text: string, report: Report): void {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 32 && !"\t\n\r".includes(text.charAt(at))) {
      report("control-character", "A control character stands here; was it a backslash command?", {
        start: at,
        end: at + 1,
      });
    }
  }
}

interface QuestionBlocks {
  readonly section: string;
  readonly heading: Span;
  readonly blocks: readonly Block[];
}

/** Groups the blocks by `## …`; a `# …` names the section of the questions below it. */
function questionBlocks(source: SourceText, blocks: readonly Block[], report: Report): QuestionBlocks[] {
  const groups: { section: string; heading: Span; blocks: Block[] }[] = [];
  let section = "";
  let open = false;
  for (const block of blocks) {
    if (block.kind === "heading" && block.level <= 2) {
      open = block.level === 2;
      if (open) groups.push({ section, heading: block.span, blocks: [] });
      else section = source.slice(block.span).replace(/^\s*#\s+/, "").trim(); // prettier-ignore
    } else if (open) {
      groups.at(-1)!.blocks.push(block);
    } else if (block.kind !== "prose") {
      report("misplaced", "This stands before the first question (“## id”).", block.span);
    }
  }
  return groups;
}
