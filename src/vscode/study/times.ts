/** Times as lists say them. */
import { startOfDay } from "../../core/exam/schedule";

const day = 24 * 60 * 60 * 1000;

/** "today at 14:05", "tomorrow", "on Friday", "on 3 March". */
export function whenText(at: Date, now: Date): string {
  const days = Math.round((startOfDay(at).getTime() - startOfDay(now).getTime()) / day);
  if (days <= 0) return `today at ${at.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" })}`;
  if (days === 1) return "tomorrow";
  if (days < 7) return `on ${at.toLocaleDateString("en-GB", { weekday: "long" })}`;
  return `on ${at.toLocaleDateString("en-GB", { day: "numeric", month: "long" })}`;
}

/** "since today", "for 3 days". */
export function overdueText(since: Date, now: Date): string {
  const days = Math.round((startOfDay(now).getTime() - startOfDay(since).getTime()) / day);
  if (days <= 0) return "since today";
  return days === 1 ? "since yesterday" : `for ${days} days`;
}
