/** Importing exams: notations of points and labels, structure, what is missing, and that no line is ever lost. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { assert } from "chai";
import { readBank } from "../../../../src/core/exam/bank";
import { importExam } from "../../../../src/core/exam/import/importExam";
import { readHead } from "../../../../src/core/exam/import/lineHead";
import { randomFrom } from "../../../../src/core/exam/random";
import { lostLines } from "./lostLines";

const found = (text: string): string[] =>
  importExam("exam.txt", text).questions.map(({ label, points }) => `${label}=${points ?? "?"}`);

describe("points in a line", () => {
  const notations: readonly (readonly [string, number])[] = [
    ["1. (3 points) Why?", 3],
    ["1. (2 pts) Why?", 2],
    ["1. **(1pt)** Why?", 1],
    ["1. (**3pts**) Why?", 3],
    ["1. [3] Why?", 3],
    ["(a) [**4pts**] Why?", 4],
    ["2p **1a** Why?", 2],
    ["1. (2+1 pts) Why?", 3],
    ["1. (0.5 points) Why?", 0.5],
    ["1. (1,5 Punkte) Warum?", 1.5],
    ["1. $2pt$ Why?", 2],
    ["1. (4 marks) Why?", 4],
    ["1. Why is that? (3 points)", 3],
    ["1. Why is that? [3]", 3],
    ["1. Why is that? /3", 3],
    ["1. Why is that? ____/3", 3],
    ["1. Why is that? Points: 4", 4],
    ["## Exercise 2: Networks - 8pts", 8],
    ["6. (20pts, each 4pts) Compute these.", 20],
  ];
  for (const [line, points] of notations) {
    it(`reads ${line}`, () => {
      assert.equal(readHead(line).points, points);
    });
  }
  for (const line of [
    "1. A network of 3 layers",
    "1. Take (3) of them",
    "1. See [3, 4] there",
    "1. It is 3/4",
    "1. An (n) 2",
  ]) {
    it(`reads no points from ${line}`, () => {
      assert.isUndefined(readHead(line).points);
    });
  }
});

describe("the structure of an exam", () => {
  const exams: readonly (readonly [string, string, readonly string[]])[] = [
    [
      "numbers below exercises",
      "Exercise 1: A\n1. (2 pts) Why so?\n2. (1 pt) How so?\nExercise 2: B\n1. (3 pts) When so?",
      ["1.1=2", "1.2=1", "2.1=3"],
    ],
    [
      "letters below numbers",
      "1. (5 pts)\n(a) (2 pts) Why?\n(b) (3 pts) How?\n2. (1 pt) When?",
      ["1.a=2", "1.b=3", "2=1"],
    ],
    [
      "numbers in numbers",
      "1.1 Why is it so? [2]\n1.2 How is it so? [1]\n2.1 When is it so? [4]",
      ["1.1=2", "1.2=1", "2.1=4"],
    ],
    [
      "letters in numbers",
      "1.a) Why is it so? (2p)\n1.b) How is it so? (1p)\n2.a) When is it so? (4p)",
      ["1.a=2", "1.b=1", "2.a=4"],
    ],
    [
      "three levels",
      "Problem 1\n1. First (3 pts)\n i) Why is it so? (1 pt)\n ii) How is it so? (2 pts)\n2. (1 pt) When is it so?",
      ["1.1.i=1", "1.1.ii=2", "1.2=1"],
    ],
    [
      "headings without numbers",
      "## Networks\n1. Why is it so? (2p)\n2. How is it so? (2p)\n## Losses\n1. When is it so? (1p)",
      ["1.1=2", "1.2=2", "2.1=1"],
    ],
    ["questions without points", "Question 1: Why?\nQuestion 2: How?\nQuestion 3: When?", ["1=?", "2=?", "3=?"]],
    [
      "German words",
      "Aufgabe 1 (4 Punkte)\na) Warum ist das so? (1 Punkt)\nb) Wie geht das? (3 Punkte)",
      ["1.a=1", "1.b=3"],
    ],
    ["points of an exercise shared by its questions", "1. (4 pts)\n(a) Is it so?\n(b) Is it not?", ["1.a=2", "1.b=2"]],
  ];
  for (const [what, text, wanted] of exams) {
    it(`reads ${what}`, () => {
      assert.deepEqual(found(text), wanted);
    });
  }

  it("takes a row of a marking scheme and a list inside a question for text", () => {
    const text = "1. (2 pts) Why? Consider\n - this\n - that\n2. (1 pt) How?\n\nEx 1.\t(a) 2pt\tEx 2.\t(b) 3pt";
    assert.deepEqual(found(text), ["1=2", "2=1"]);
  });

  it("takes a cheat sheet and what follows it for text", () => {
    assert.deepEqual(
      found("1. (2 pts) Why?\n2. (1 pt) How?\n3. (1 pt) When?\n# Cheat sheet\n1. The chain rule\n2. Softmax"),
      ["1=2", "2=1", "3=1"],
    );
  });
});

describe("a draft bank", () => {
  const draft = (text: string) => readBank("exam.quiz.md", importExam("exam.txt", text).text);

  it("has no errors, only warnings for what is missing", () => {
    const { bank, diagnostics } = draft(
      "Exercise 1\n1. (2 pts) Why is it so?\n2. (1 pt) Look at the figure below. What is it?",
    );
    assert.deepEqual(
      bank.questions.map(({ id, points }) => [id, points]),
      [
        ["1-1", 2],
        ["1-2", 1],
      ],
    );
    assert.deepEqual(
      [...new Set(diagnostics.map(({ rule, severity }) => `${rule} ${severity}`))],
      ["bank-missing warning"],
    );
    assert.include(diagnostics[1]!.message, "figure");
  });

  it("leaves a choice out until it is known which options are right", () => {
    const text = "1. (2 pts) Which of these?\n☐ this\n☐ that";
    assert.isEmpty(draft(text).bank.questions);
    const [question] = draft(text.replace("☐ that", "☑ that")).bank.questions;
    const answer = question!.parts[0]!.answer;
    assert.deepEqual(answer.kind === "single" && answer.options.map(({ correct }) => correct), [false, true]);
  });

  it("makes the answer that a text gives the solution", () => {
    const { bank } = draft("1. (2 pts) Why is it so?\nSolution: Because of $x^2$.\n\nAnd so on.");
    assert.equal(bank.questions[0]!.solution, "Because of $x^2$.\n\nAnd so on.");
    assert.equal(bank.questions[0]!.prompt, "Why is it so?");
  });

  it("makes an exercise with a text of its own one question with parts", () => {
    const { bank } = draft(
      "Exercise 1: Layers (3 pts)\n\nA layer maps $x$ to $Wx$.\n\n(a) (1 pt) Why is it so?\n(b) (2 pts) How is it so?",
    );
    const [question] = bank.questions;
    assert.equal(question!.prompt, "A layer maps $x$ to $Wx$.");
    assert.deepEqual(
      question!.parts.map(({ id, points }) => [id, points]),
      [
        ["a", 1],
        ["b", 2],
      ],
    );
  });
});

describe("an import loses no line", () => {
  const folder = "../shared/seeds";
  const seeds = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".txt")) : [];
  const texts = seeds.map((name) => readFileSync(`${folder}/${name}`, "utf8"));

  it("of the exams that lie beside the project", function () {
    if (seeds.length === 0) this.skip();
    for (const [place, text] of texts.entries()) {
      const { text: draft } = importExam(seeds[place]!, text);
      assert.deepEqual(lostLines(text, draft), [], seeds[place]);
      assert.deepEqual(
        readBank("x.quiz.md", draft).diagnostics.filter(({ severity }) => severity === "error"),
        [],
        seeds[place],
      );
    }
  });

  it("finds their questions and points", function () {
    if (seeds.length === 0) this.skip();
    const rows = JSON.parse(readFileSync(`${folder}/questions.json`, "utf8")) as { id: string; points: number | "?" }[];
    for (const [place, text] of texts.entries()) {
      const exam = seeds[place]!.slice(0, 3);
      const wanted = rows.filter(({ id }) => id.startsWith(exam));
      const { questions, points } = importExam(seeds[place]!, text);
      const sum = wanted.reduce((total, row) => total + (typeof row.points === "number" ? row.points : 0), 0);
      assert.equal(points, sum, exam);
      assert.isAtLeast(questions.length, 0.85 * wanted.length, exam);
      assert.isAtMost(questions.length, wanted.length, exam);
    }
  });

  it("of fifteen hundred texts put together at random", () => {
    for (let seed = 1; seed <= 1500; seed++) {
      const random = randomFrom(seed);
      const lines = Array.from(
        { length: 3 + Math.floor(random() * 25) },
        () => pieces[Math.floor(random() * pieces.length)]!,
      );
      const text = lines.map((line, place) => line.replaceAll("@", `w${place}`)).join(random() < 0.5 ? "\n" : "\n\n");
      const { text: draft } = importExam("exam.md", text);
      assert.deepEqual(lostLines(text, draft), [], `seed ${seed}\n${text}`);
      const errors = readBank("x.quiz.md", draft).diagnostics.filter(({ severity }) => severity === "error");
      assert.deepEqual(
        errors.map(({ message }) => message),
        [],
        `seed ${seed}\n${text}\n======\n${draft}`,
      );
    }
  });
});

describe("an import of a hostile text", () => {
  const texts: readonly (readonly [what: string, text: string])[] = [
    ["one long sum", `1. what ${"1 + ".repeat(50_000)}`],
    ["an open bracket and nothing behind", `(${" ".repeat(100_000)}`],
    ["a line of dots", `1. (2 pts) a${".".repeat(100_000)}`],
    [
      "twenty thousand labels",
      Array.from({ length: 20_000 }, (_line, place) => `${place + 1}. (2 pts) why?`).join("\n"),
    ],
    ["fences that are never closed", "```a\n".repeat(3000)],
  ];
  for (const [what, text] of texts) {
    it(`takes no time over ${what}`, function () {
      this.timeout(5000);
      assert.isString(importExam("exam.txt", text).text);
    });
  }
});

/** Lines that exams are made of, and some that a bank would misread. */
const pieces: readonly string[] = [
  "# Exam @", "## Exercise 1: Title @ - 8pts", "Exercise 2 (@) [6pts]", "### Heading @", "**Bold heading @**", "# Cheat sheet @",
  "1. (2 pts) Question @?", "2. Question @? (3 points)", "3. **(1pt)** Question @", "(a) [2pts] Part @", "(b) Part @", "b) Part @ /3",
  "i) Point @", "(ii) Point @", "2p **1a** Combined @", "1b Combined @", "**2c** Combined @", "4p", "(2 pts)", "Points: 4",
  "- ☐ Option @", "☑ Option @", "- [ ] Box @", "- [x] Box @", "a) letter @", "A. Letter @", "B. Letter @", "( ) Round @",
  "Text @ that goes on.", "- bullet @", "  indented @", "    code @", "$$y_@ = x^2$$", "$$", "```", "```python", "```answer", "```solution", "~~~",
  "---", "===", "<!-- comment @", "-->", "<div>", "<pre>", "| cell @ | cell |", "Ex 1.\t(a) 2pt @\tEx 2.", "Solution: it is @", "Answer:",
  "Value @{x} and {y@}", "> quote @", "\tTab @", "1 (5pts) Weak @", "Question 3: @", "Part A @", "## w@ {pts=2 topics=a}", "### p@ {pts=1}",
  "kind: number @", "[illegible]", "6. (20pts, each 4pts) @", "\u0007 bell @", "* * *", "\\item (2 pts) item @", "``` `@` ```", "1.2 nested @ [1]", "2.1 nested @",
]; // prettier-ignore
