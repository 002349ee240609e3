import type { RootConfigService } from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import {
  SEVERITIES,
  type AuditEventSeverity,
} from 'backstage-plugin-audit-trail-common';

/** What a rule decides on. */
export interface AuditedUse {
  /** Id of the plugin. */
  plugin: string;
  /** Id of the event within the plugin, such as `entity-mutate`. */
  event: string;
  /** Id of the actor. */
  actor: string;
  severity: AuditEventSeverity;
  /** Method of the request, if there is one. */
  method?: string;
  /** Its path, without the query. */
  path?: string;
}

const FIELDS = ['plugin', 'event', 'actor', 'severity', 'path'] as const;

/** A field that rules look at, with patterns one of which has to fit. */
type Criterion = [field: (typeof FIELDS)[number], RegExp[]];

interface Rule {
  criteria: Criterion[];
  keep: boolean;
}

const KEY = 'auditTrail.auditor.rules';

/** Words of ids of events that change nothing. */
const READING_WORDS = new Set(
  'analyze check facets fetch get list query read schema search validate view'.split(
    ' ',
  ),
);

/** The trail's own plugin. */
const TRAIL = 'audit-trail';

function patternOf(text: string): RegExp {
  const source = text
    .split('*')
    .map(part => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
  return new RegExp(`^${source}$`, 'is');
}

function readTexts(config: Config, field: string): string[] | undefined {
  return typeof config.getOptional(field) === 'string'
    ? [config.getString(field)]
    : config.getOptionalStringArray(field);
}

function readRule(config: Config, place: string): Rule {
  const unknown = config
    .keys()
    .find(key => key !== 'action' && !FIELDS.some(field => field === key));
  if (unknown) {
    throw new InputError(
      `${place}: "${unknown}" is none of ${FIELDS.join(', ')} and action`,
    );
  }
  const action = config.getOptionalString('action');
  if (action !== 'keep' && action !== 'drop') {
    throw new InputError(`${place}.action: must be keep or drop`);
  }
  const criteria = FIELDS.flatMap((field): Criterion[] => {
    const texts = readTexts(config, field);
    for (const text of texts ?? []) {
      if (
        field === 'severity' &&
        !SEVERITIES.includes(text as AuditEventSeverity)
      ) {
        throw new InputError(
          `${place}.severity: "${text}" is none of ${SEVERITIES.join(', ')}`,
        );
      }
    }
    return texts ? [[field, texts.map(patternOf)]] : [];
  });
  return { criteria, keep: action === 'keep' };
}

/** Whether something is only looked at. */
function isRead({ event, method }: AuditedUse): boolean {
  return (
    method === 'GET' ||
    method === 'HEAD' ||
    event.split(/[^a-z]+/i).some(word => READING_WORDS.has(word.toLowerCase()))
  );
}

/**
 * Says which of the auditor's events go to the trail: the first rule that fits
 * decides; without one, reads at low severity do not, and all else does. What
 * the trail's own plugin does is never taken, as that would not come to an end.
 */
export class AuditorRules {
  readonly #rules: Rule[];

  /** @throws `InputError` that names the key */
  static fromConfig(config: RootConfigService): AuditorRules {
    const rules = config.getOptionalConfigArray(KEY) ?? [];
    return new AuditorRules(
      rules.map((rule, index) => readRule(rule, `${KEY}[${index}]`)),
    );
  }

  private constructor(rules: Rule[]) {
    this.#rules = rules;
  }

  /** Whether an event goes to the trail. */
  keeps(use: AuditedUse): boolean {
    if (use.plugin === TRAIL || use.actor === `plugin:${TRAIL}`) {
      return false;
    }
    const rule = this.#rules.find(({ criteria }) =>
      criteria.every(([field, patterns]) =>
        patterns.some(pattern => pattern.test(use[field] ?? '')),
      ),
    );
    return rule?.keep ?? !(use.severity === 'low' && isRead(use));
  }
}
