import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/** A workspace of Segment that is read. */
export interface WorkspaceConfig {
  slug: string;
  /** Base address of the Public API. */
  publicApi: string;
  /** Base address of the Segment app. */
  app: string;
  token: string;
}

/** Addresses of Segment by region. */
const REGIONS = {
  us: {
    publicApi: 'https://api.segmentapis.com',
    app: 'https://app.segment.com',
  },
  eu: {
    publicApi: 'https://eu1.api.segmentapis.com',
    app: 'https://eu1.app.segment.com',
  },
};

const KEY = 'auditTrail.segment.workspaces';

/** No dots: they part a workspace from the rest in the names of entities. */
const SLUG_PATTERN = /^[a-z0-9][a-z0-9_-]*$/i;

/** None that a header cannot have. */
const TOKEN_PATTERN = /^[\w.~+/=-]+$/;

/** A base address without a slash at its end; undefined if it is none. */
function baseAddress(value: string): string | undefined {
  if (!URL.canParse(value)) {
    return undefined;
  }
  const url = new URL(value);
  const isLoopback = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(
    url.hostname,
  );
  const isSafe =
    url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback);
  const isBase = !url.username && !url.password && !url.search && !url.hash;
  return isSafe && isBase ? url.href.replace(/\/+$/, '') : undefined;
}

function readWorkspace(config: Config, place: string): WorkspaceConfig {
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
      ? REGIONS[value ?? 'us']
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
      value => (value === undefined ? region.publicApi : baseAddress(value)),
    ),
  };
}

/**
 * Reads which workspaces of Segment there are.
 *
 * @throws `InputError` that names the key that is wrong
 */
export function readWorkspaces(config: Config): WorkspaceConfig[] {
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
