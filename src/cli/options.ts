/** The options of the commands, as they are written at the terminal. */
import { Argument, InvalidArgumentError, Option } from "commander";
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

export interface CacheOption {
  readonly cache: boolean;
}

export const cacheOption = (): Option =>
  new Option("--no-cache", "compute everything again, whatever earlier runs have kept");

/** The words behind `--`: those with which the program is run. */
export const wordsArgument = (): Argument =>
  new Argument("[words...]", "behind --: the words with which the program is run, such as -- --channels 3");

/** Undefined where none are said; throws where they do not stand behind `--`. */
export function wordsOfRun(words: readonly string[]): readonly string[] | undefined {
  if (words.length === 0) return undefined;
  const behind = process.argv.slice(process.argv.indexOf("--") + 1);
  if (!process.argv.includes("--") || behind.length !== words.length)
    throw new Error(`one file at a time; ${words[0]!} is a word of its command line only behind --`);
  return words;
}

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
