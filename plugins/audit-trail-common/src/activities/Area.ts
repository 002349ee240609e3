/** An activity of an area: id, documented name, verb, other spellings. */
export type ActivityRow = [
  id: string,
  label: string,
  verb: string,
  ...aliases: string[],
];

/** An area of activities with what can be done in it. */
export interface Area {
  /** Stable id, such as `warehouses`. */
  id: string;
  /** Name for people. */
  label: string;
  activities: ActivityRow[];
}
