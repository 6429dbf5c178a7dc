/** A small bank with one question of each sort, for the tests of exports. */
import { readBank } from "../../../../src/core/exam/bank";

const text =
  String.raw`---
id: example
title: Example
minutes: 10
symbols:
  x: positive
---

# First part

## choice Which is smaller {pts=2 topics=order}

A choice: $a < b$?

- [x] yes, a {brace} = "1": ~50%

  > because it is smaller
- [ ] no
  > because it is not

` +
  "```solution\n$$a - b < 0$$\n```\n" +
  String.raw`
## several Which are even {pts=1}

Which of these?

- [x] 2
  > even
- [x] 4
  > even
- [ ] 3
  > odd

` +
  "```solution\nHalve them.\n```\n" +
  String.raw`
# Second part

## number A number {pts=1}

How many?

` +
  "```answer\nkind: number\nvalue: 2.5\nabsolute: 0.1\nrefuse:\n  - {value: 5, says: 'Half of it.', credit: 0.5}\n```\n\n```solution\nCount.\n```\n" +
  String.raw`
## parts Two answers {pts=3}

Given $x$.

### square {pts=1}

Its square?

` +
  "```answer\nkind: formula\nvalue: x^2\n```\n" +
  String.raw`
### words {pts=2}

Say why ]]> & <b>.

` +
  "```rubric\n2 The reason\n```\n\n```solution\nBy definition.\n```\n";

export const exampleBank = readBank("example.quiz.md", text).bank;
