import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { readSegmentAddress, SEGMENT_REGIONS } from './addresses';

/**
 * A workspace of Segment that is read.
 *
 * @public
 */
export interface SegmentWorkspaceConfig {
  slug: string;
  /** Base address of the Public API. */
  publicApi: string;
  /** Base address of the Segment app. */
  app: string;
  token: string;
}

const KEY = 'auditTrail.segment.workspaces';

/** No dots: they part a workspace from the rest in the names of entities. */
const SLUG_PATTERN = /^[a-z0-9][a-z0-9_-]*$/i;

/** None that a header cannot have. */
const TOKEN_PATTERN = /^[\w.~+/=-]+$/;

function readWorkspace(config: Config, place: string): SegmentWorkspaceConfig {
  /** Values are not repeated: one in the wrong place may be a secret. */
  const text = <T>(
    key: string,
    expected: string,
    read: (value: string | undefined) => T | undefined,
  ): T => {
    let value: string | undefined;
    try {
      value = config.getOptionalString(key);
    } catch {
      throw new InputError(`${place}.${key}: ${expected}`);
    }
    const result = read(value);
    if (result === undefined) {
      throw new InputError(`${place}.${key}: ${expected}`);
    }
    return result;
  };
  const matching = (pattern: RegExp) => (value: string | undefined) =>
    value !== undefined && pattern.test(value) ? value : undefined;

  const region = text('region', 'must be us or eu', value =>
    value === undefined || value === 'us' || value === 'eu'
      ? SEGMENT_REGIONS[value ?? 'us']
      : undefined,
  );
  return {
    app: region.app,
    slug: text(
      'slug',
      'must be the slug of a workspace: letters, digits, - and _',
      matching(SLUG_PATTERN),
    ),
    token: text(
      'token',
      "must be a token of Segment's Public API: letters, digits and any of -_.~+/=",
      matching(TOKEN_PATTERN),
    ),
    publicApi: text(
      'endpoint',
      'must be an https address, or http on this machine, without user, query and fragment',
      value =>
        value === undefined ? region.publicApi : readSegmentAddress(value),
    ),
  };
}

/**
 * Reads which workspaces of Segment there are.
 *
 * @throws `InputError` that names the key that is wrong
 * @public
 */
export function readSegmentWorkspaces(
  config: Config,
): SegmentWorkspaceConfig[] {
  const slugs = new Set<string>();
  return (config.getOptionalConfigArray(KEY) ?? []).map((section, index) => {
    const workspace = readWorkspace(section, `${KEY}[${index}]`);
    const slug = workspace.slug.toLowerCase();
    if (slugs.has(slug)) {
      throw new InputError(`${KEY}[${index}].slug: stands there twice`);
    }
    slugs.add(slug);
    return workspace;
  });
}
