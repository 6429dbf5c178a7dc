/** The day of the exam, as it is typed and kept: `2026-02-14`. */
import { startOfDay } from "./schedule";

/** The day in the student's own time zone; undefined for what is no day of the calendar. */
export function dayOf(text: string): Date | undefined {
  const match = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text.trim());
  if (!match) return undefined;
  const [year = 0, month = 0, day = 0] = match.slice(1).map(Number);
  const date = new Date(year, month - 1, day);
  return date.getMonth() === month - 1 && date.getDate() === day ? date : undefined;
}

export function dayText(date: Date): string {
  const two = (number: number): string => String(number).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** What is wrong with a typed day; nothing when it can be kept, or is empty to have none. */
export function faultOfDay(text: string, now: Date): string | undefined {
  if (text.trim() === "") return undefined;
  const day = dayOf(text);
  if (!day) return `Write the day as year-month-day, such as ${dayText(new Date(now.getTime() + 30 * 86_400_000))}.`;
  return day < startOfDay(now) ? "This day has passed." : undefined;
}

/** The day that still lies ahead: a past exam presses nothing together. */
export function examAhead(text: string | undefined, now: Date): Date | undefined {
  const day = text === undefined ? undefined : dayOf(text);
  return day && day > now ? day : undefined;
}
