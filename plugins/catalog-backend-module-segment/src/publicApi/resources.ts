import { z } from 'zod';

/** Characters of a text for people. */
const MAX_TEXT = 200;

/**
 * Ids and slugs. No commas and slashes: annotations part several ids by commas,
 * and a slug from its workspace by a slash.
 */
const idSchema = z.string().regex(/^\w[\w.~-]{0,149}$/);

/** A text for people: one line without what cannot be seen or stored. */
const textSchema = z.string().transform(
  text =>
    text
      .slice(0, MAX_TEXT)
      .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu, ' ')
      .trim() || undefined,
);

const optional = <T extends z.ZodType>(schema: T) =>
  schema.optional().catch(undefined);

const labelSchema = z.object({ key: textSchema, value: textSchema });

const compare = (a: string, b: string) => Number(a > b) - Number(a < b);

/** Labels, in an order that does not depend on that of the answer. */
const labelsSchema = z
  .array(z.unknown())
  .catch([])
  .transform(labels =>
    labels
      .flatMap(label => {
        const { key, value } = labelSchema.safeParse(label).data ?? {};
        return key && value ? [{ key, value }] : [];
      })
      .sort((a, b) => compare(a.key, b.key) || compare(a.value, b.value)),
  );

/** The kind of a source or warehouse, such as Postgres. */
const kindSchema = z.object({
  slug: optional(idSchema),
  name: optional(textSchema),
});

/*
 * The schemas name all that is read. What they do not name, such as the write
 * keys of a source and the settings of a warehouse, ends here.
 */

const workspaceSchema = z.object({
  workspace: z.object({
    id: idSchema,
    slug: idSchema,
    name: optional(textSchema),
  }),
});

const sourceSchema = z.object({
  id: idSchema,
  slug: optional(idSchema),
  name: optional(textSchema),
  enabled: optional(z.boolean()),
  metadata: optional(kindSchema),
  labels: labelsSchema,
});

/** A warehouse has its name among its settings, and no slug. */
const warehouseSchema = sourceSchema
  .omit({ slug: true, name: true })
  .extend({ settings: optional(z.object({ name: optional(textSchema) })) });

const spaceSchema = z.object({
  id: idSchema,
  slug: optional(idSchema),
  name: optional(textSchema),
  labels: labelsSchema,
});

/** A workspace of Segment. */
export interface Workspace {
  id: string;
  slug: string;
  name?: string;
}

/** Kinds of resources that become entities. */
export type ResourceType = 'source' | 'warehouse' | 'space';

/** A label of Segment, such as `owner:team-a`. */
export interface Label {
  key: string;
  value: string;
}

/** What is known of a source, a warehouse or a space. */
export interface SegmentResource {
  type: ResourceType;
  id: string;
  slug?: string;
  name?: string;
  enabled?: boolean;
  /** Which kind of source or warehouse it is, such as Postgres. */
  kind?: { slug?: string; name?: string };
  labels: Label[];
}

/** Reads the answer to `GET /`; undefined if it is none. */
export function readWorkspace(data: unknown): Workspace | undefined {
  return workspaceSchema.safeParse(data).data?.workspace;
}

/** Reads an entry of `GET /sources`; undefined if it is none. */
export function readSource(entry: unknown): SegmentResource | undefined {
  const { data } = sourceSchema.safeParse(entry);
  if (!data) {
    return undefined;
  }
  const { metadata: kind, ...source } = data;
  return { type: 'source', kind, ...source };
}

/** Reads an entry of `GET /warehouses`; undefined if it is none. */
export function readWarehouse(entry: unknown): SegmentResource | undefined {
  const { data } = warehouseSchema.safeParse(entry);
  if (!data) {
    return undefined;
  }
  const { metadata: kind, settings, ...warehouse } = data;
  return { type: 'warehouse', kind, name: settings?.name, ...warehouse };
}

/** Reads an entry of `GET /spaces`; undefined if it is none. */
export function readSpace(entry: unknown): SegmentResource | undefined {
  const { data } = spaceSchema.safeParse(entry);
  return data && { type: 'space', ...data };
}
