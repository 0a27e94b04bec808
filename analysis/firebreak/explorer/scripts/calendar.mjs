// Days of a history as dates of its own calendar, as the program's replay writes them: 365 days a year.

const MONTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** "Y1-01-01" for day 0, the first of the ceasefire. */
export function dateOf(day) {
  const year = Math.floor(day / 365) + 1;
  let left = day % 365;
  let month = 0;
  while (left >= MONTHS[month]) left -= MONTHS[month++];
  const two = (number) => String(number).padStart(2, "0");
  return `Y${year}-${two(month + 1)}-${two(left + 1)}`;
}
