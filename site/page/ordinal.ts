/** 1st, 2nd, 3rd, 11th. */
export function ordinal(count: number): string {
  const ends = ['th', 'st', 'nd', 'rd'];
  const lastTwo = count % 100;
  const end = lastTwo > 10 && lastTwo < 14 ? 'th' : (ends[count % 10] ?? 'th');
  return `${count}${end}`;
}
