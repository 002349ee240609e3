const STARTS = [
  `'`,
  `"`,
  `')`,
  `'))`,
  `\\'`,
  `''`,
  `$$`,
  `$1`,
  `?`,
  `??`,
  `:x`,
  `%' `,
  `{}`,
  `}'::uuid[]`,
  `\u02bc`,
  `\u2019`,
  `E'\\'`,
  `/*`,
  `current_setting('audit_trail.export_ids')`,
  `'||`,
];
const MIDDLES = [
  ` or 1=1`,
  `; drop table audit_events`,
  `; delete from audit_events`,
  ` union select name, value from audit_settings`,
  `; copy (select 1) to program 'id'`,
  `; select pg_sleep(5)`,
  ` or set_config('audit_trail.export_ids', '{}', true) is null`,
  `) to stdout; drop table audit_exports`,
  `; create table stolen as select * from audit_events`,
  ` or exists(select 1 from pg_shadow)`,
  `||(select value from audit_settings limit 1)||`,
  `::int`,
];
const ENDS = [` --`, `;--`, `/*`, `'`, ``];

/** Texts that change a statement into which they are written, 500 of them. */
export const SQL_INJECTIONS: readonly string[] = STARTS.flatMap(start =>
  MIDDLES.flatMap(middle => ENDS.map(end => `${start}${middle}${end}`.trim())),
)
  // Every part in many others.
  .filter((_, n) => n % 12 !== 5 && n % 12 !== 10)
  .slice(0, 500);
