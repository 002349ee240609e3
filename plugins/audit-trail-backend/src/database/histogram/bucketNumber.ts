import type { Knex } from 'knex';

/**
 * An expression for the index of the bucket that a value lies in, found by
 * halves. A value before the second start lies in the first bucket.
 *
 * @param starts - where each bucket starts, in order
 */
export function bucketNumber(
  knex: Knex,
  column: string,
  starts: (string | number)[],
): Knex.Raw {
  const bindings: (string | number)[] = [];
  const between = (first: number, last: number): string => {
    if (first === last) {
      return String(first);
    }
    const middle = Math.ceil((first + last) / 2);
    bindings.push(starts[middle]);
    return `case when ${column} < ? then ${between(
      first,
      middle - 1,
    )} else ${between(middle, last)} end`;
  };
  const sql = between(0, Math.max(starts.length - 1, 0));
  return knex.raw(sql, bindings);
}
