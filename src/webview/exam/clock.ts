/** The time that is left, told every second on the page and now and then to screen readers. */
import { element } from "../ui/element";

export interface Clock {
  readonly node: HTMLElement;
  /** Milliseconds that are left; undefined stops it. */
  readonly show: (left: number | undefined, minutes: number) => void;
}

/** Minutes before the end at which the time is announced. */
const announced = [30, 15, 5, 1];

export function createClock(timeUp: () => void): Clock {
  const face = element("span", { class: "time", "aria-hidden": "true" });
  const spoken = element("span", { class: "unseen", role: "status" });
  let end = 0;
  let last = Infinity;
  let timer: ReturnType<typeof setInterval> | undefined;
  const tick = (): void => {
    const seconds = Math.max(0, Math.ceil((end - Date.now()) / 1000));
    face.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")} left`;
    face.classList.toggle("short", seconds <= 300);
    const minutes = seconds / 60;
    const passed = announced.find((mark) => minutes <= mark && last > mark);
    if (passed !== undefined) spoken.textContent = `${passed} ${passed === 1 ? "minute" : "minutes"} left`;
    last = minutes;
    if (seconds > 0) return;
    clearInterval(timer);
    timeUp();
  };
  return {
    node: element("p", { class: "quiet" }, face, spoken),
    show: (left) => {
      clearInterval(timer);
      if (left === undefined) return;
      end = Date.now() + left;
      timer = setInterval(tick, 1000);
      if (left > 0) tick();
    },
  };
}
