/** A Markdown file as a suite of tests: every heading is a test, every Python block below it a program. */
import { readFileSync } from "node:fs";

export interface MarkdownProgram {
  readonly title: string;
  readonly text: string;
}

export function programsIn(markdown: string): MarkdownProgram[] {
  const programs: MarkdownProgram[] = [];
  let title = "";
  for (const match of markdown.matchAll(/^#+ (?<title>.+)$|^```python\n(?<code>[\s\S]*?)^```$/gm)) {
    const { title: heading, code } = match.groups!;
    if (heading !== undefined) title = heading;
    else programs.push({ title, text: code! });
  }
  return programs;
}

export function programsOf(path: string): MarkdownProgram[] {
  return programsIn(readFileSync(path, "utf8"));
}
