/** The options of the commands, as they are written at the terminal. */
import { InvalidArgumentError, Option } from "commander";
import { type InputSpec, readInputSpec } from "../core/features/inputSpec";

export const checkFormats = ["text", "json", "sarif", "github"] as const;

/** The I-th of N parts of the files; counted from 1. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

/** The option of every command that prints for people or for programs. */
export const formatOption = (choices: readonly string[] = ["text", "json"]): Option =>
  new Option("--format <format>", "how to print").choices([...choices]).default("text");

export function shardOption(text: string): Shard {
  const match = /^(\d+)\/(\d+)$/.exec(text);
  const [index, count] = [Number(match?.[1]), Number(match?.[2])];
  if (!match || index < 1 || index > count) throw new InvalidArgumentError("Write it as I/N, such as 1/4.");
  return { index, count };
}

export function listOption(text: string, before: readonly string[] | undefined): readonly string[] {
  const names = text.split(",").map((name) => name.trim());
  return [...(before ?? []), ...names.filter((name) => name !== "")];
}

export function countOption(text: string): number {
  if (!/^[1-9]\d{0,2}$/.test(text)) throw new InvalidArgumentError("Write a whole number from 1 on.");
  return Number(text);
}

export function variantsOption(text: string): number {
  if (!/^\d{1,3}$/.test(text)) throw new InvalidArgumentError("Write a whole number from 0 to 999.");
  return Number(text);
}

export function inputOption(text: string, before: readonly InputSpec[]): readonly InputSpec[] {
  const input = readInputSpec(text);
  if (typeof input === "string") throw new InvalidArgumentError(input);
  return [...before, input];
}
