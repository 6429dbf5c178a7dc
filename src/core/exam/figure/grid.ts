/** Grids of numbers or shaded cells, side by side: images, kernels, masks, confusion matrices. */
import { fieldReader, plainNumber, type FieldReader, type FieldValue, type Report } from "../answerBlock";
import { lineHeight, textMark, widthOf, type Drawing, type Mark } from "./drawing";
import { numbersOf, scalarsOf, type FigureContext } from "./reading";

export interface Grid {
  readonly title: string;
  readonly rows: readonly (readonly string[])[];
  /** Above the columns. */
  readonly heads: readonly string[];
  /** To the left of the rows. */
  readonly sides: readonly string[];
  /** From 0, none, to 4, for each cell. */
  readonly shades: readonly (readonly number[])[];
  /** Thick lines around so many rows and columns. */
  readonly blocks?: readonly [height: number, width: number];
}

export interface Grids {
  readonly grids: readonly Grid[];
  /** Signs between neighbours. */
  readonly between: readonly string[];
}

const oneGrid = ["title", "rows", "heads", "sides", "shade", "blocks"] as const;
export const gridFields = [...oneGrid, "grids", "between"] as const;

const deepest = 4;
const most = 40;

export function readGrids({ fields, report }: FigureContext): Grids | undefined {
  const several = fields.value("grids");
  const read = several
    ? fields.list("grids").map((item) => {
        if (item.kind === "map") return readGrid(fieldReader(item.fields, oneGrid, item.span, report), report);
        report("field-form", "A grid has “rows”.", item.span);
        return undefined;
      })
    : [readGrid(fields, report)];
  const grids = read.filter((grid) => grid !== undefined);
  const between = fields.list("between");
  const signs = between.flatMap((item) => scalarsOf(item, report).map(({ text }) => text));
  if (signs.length > 0 && signs.length !== grids.length - 1)
    report("figure", `${grids.length} grids have ${grids.length - 1} signs between them.`, between[0]!.span);
  return grids.length === read.length && grids.length > 0 ? { grids, between: signs } : undefined;
}

function readGrid(fields: FieldReader, report: Report): Grid | undefined {
  const given = fields.required("rows");
  if (!given) return undefined;
  const rows = fields.list("rows").map((row) => scalarsOf(row, report).map(({ text }) => text));
  const columns = rows[0]?.length ?? 0;
  if (columns === 0 || rows.length > most || columns > most || rows.some((row) => row.length !== columns)) {
    report("figure", `A grid has rows of the same length, up to ${most} of up to ${most} cells.`, given.span);
    return undefined;
  }
  const words = (name: "heads" | "sides", count: number): readonly string[] => {
    const value = fields.value(name);
    const read = value ? scalarsOf(value, report).map(({ text }) => text) : [];
    if (value && read.length !== count) report("figure", `“${name}” has one word for each of ${count}.`, value.span);
    return read;
  };
  const blocks = fields.text("blocks");
  const size = blocks && /^([1-9]\d?)\s*[x×]\s*([1-9]\d?)$/.exec(blocks.text);
  if (blocks && !size) report("figure", "Blocks have a height and a width: 2x2.", blocks.span);
  return {
    title: fields.text("title")?.text ?? "",
    rows,
    heads: words("heads", columns),
    sides: words("sides", rows.length),
    shades: readShades(fields.value("shade"), rows, report),
    ...(size ? { blocks: [Number(size[1]), Number(size[2])] as const } : {}),
  };
}

/** `values` for shades that follow the numbers, or a depth for each cell. */
function readShades(value: FieldValue | undefined, rows: Grid["rows"], report: Report): Grid["shades"] {
  if (!value) return rows.map((row) => row.map(() => 0));
  if (value.kind === "list") {
    const shades = value.items.map((row) => numbersOf(row, report).map((shade) => Math.round(shade)));
    const fits = shades.length === rows.length && shades.every((row, at) => row.length === rows[at]!.length);
    if (!fits || shades.flat().some((shade) => shade < 0 || shade > deepest))
      report("figure", `“shade” has a depth from 0 to ${deepest} for each cell.`, value.span);
    return shades;
  }
  const numbers = rows.map((row) => row.map((cell) => plainNumber(cell.replace("−", "-"))));
  const known = numbers.flat().filter((number) => number !== undefined);
  if (value.kind !== "scalar" || value.text !== "values" || known.length === 0)
    report("figure", "“shade” is “values”, for cells with numbers, or a depth for each cell.", value.span);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const depth = (number: number | undefined): number =>
    number === undefined || high === low ? 0 : Math.round((deepest * (number - low)) / (high - low));
  return numbers.map((row) => row.map(depth));
}

const smallest = 28;
const gap = 20;

export function drawGrids({ grids, between }: Grids): Omit<Drawing, "says"> {
  const measured = grids.map(measure);
  const height = Math.max(...measured.map((size) => size.top + size.cell[1] * size.rows)) + 6;
  const middle = Math.max(...measured.map((size) => size.top));
  const body = Math.max(...measured.map((size) => size.cell[1] * size.rows));
  const marks: Mark[] = [];
  let left = 6;
  for (const [place, grid] of grids.entries()) {
    const size = measured[place]!;
    const top = middle + (body - size.cell[1] * size.rows) / 2;
    marks.push(...gridMarks(grid, size, left, top));
    left += size.width;
    if (place === grids.length - 1) continue;
    const sign = between[place] ?? "";
    const room = Math.max(gap, widthOf(sign) + 16);
    if (sign !== "") marks.push(textMark(sign, [left + room / 2, middle + body / 2], "middle", "strong"));
    left += room;
  }
  return { width: Math.ceil(left + 6), height: Math.max(height, middle + body + 6), marks };
}

interface Size {
  readonly cell: readonly [width: number, height: number];
  readonly rows: number;
  /** Of the rows' names, left of the cells. */
  readonly side: number;
  /** Above the first row. */
  readonly top: number;
  readonly width: number;
}

function measure({ title, rows, heads, sides }: Grid): Size {
  const width = Math.max(smallest, ...[...rows.flat(), ...heads].map((text) => widthOf(text) + 12));
  const side = sides.length === 0 ? 0 : Math.max(...sides.map(widthOf)) + 8;
  const cells = width * rows[0]!.length;
  const top = 6 + (title === "" ? 0 : lineHeight) + (heads.length === 0 ? 0 : lineHeight + 3);
  return { cell: [width, smallest], rows: rows.length, side, top, width: side + Math.max(cells, widthOf(title)) };
}

function gridMarks({ title, rows, heads, sides, shades, blocks }: Grid, size: Size, from: number, top: number): Mark[] {
  const left = from + size.side;
  const [width, height] = size.cell;
  const marks: Mark[] = [];
  const columns = rows[0]!.length;
  for (const [row, cells] of rows.entries()) {
    for (const [column, text] of cells.entries()) {
      const corner = [left + column * width, top + row * height] as const;
      const shade = shades[row]?.[column] ?? 0;
      marks.push({ kind: "box", from: corner, size: [width, height], round: 0, style: `shade-${shade}` });
      marks.push({ kind: "box", from: corner, size: [width, height], round: 0, style: "cell" });
      if (text !== "") marks.push(textMark(text, [corner[0] + width / 2, corner[1] + height / 2]));
    }
  }
  const [tall, wide] = blocks ?? [rows.length, columns];
  for (let row = 0; row < rows.length; row += tall) {
    for (let column = 0; column < columns; column += wide) {
      const reach = [Math.min(wide, columns - column) * width, Math.min(tall, rows.length - row) * height] as const;
      marks.push({
        kind: "box",
        from: [left + column * width, top + row * height],
        size: reach,
        round: 0,
        style: "block",
      });
    }
  }
  // Lowered letters need room above the cells.
  const above = top - lineHeight / 2 - (heads.length === 0 ? 0 : 3);
  for (const [column, text] of heads.entries())
    marks.push(textMark(text, [left + (column + 0.5) * width, above], "middle", "quiet"));
  for (const [row, text] of sides.entries())
    marks.push(textMark(text, [left - 6, top + (row + 0.5) * height], "end", "quiet"));
  const titleAt = above - (heads.length === 0 ? 0 : lineHeight);
  if (title !== "") marks.push(textMark(title, [left, titleAt], "start", "strong"));
  return marks;
}
