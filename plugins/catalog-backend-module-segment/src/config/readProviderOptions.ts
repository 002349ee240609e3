import {
  readSchedulerServiceTaskScheduleDefinitionFromConfig,
  type SchedulerServiceTaskScheduleDefinition,
} from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { entityRefOf } from '../entities/entityRef';

/** How entities are made, in all workspaces alike. */
export interface ProviderOptions {
  schedule: SchedulerServiceTaskScheduleDefinition;
  /** Key of the label that names the owner. */
  ownerLabel: string;
  /** Owner of what has no such label. */
  defaultOwner: string;
  /** System that all of the entities are part of. */
  system?: string;
  /** Whether spaces are read. */
  spaces: boolean;
}

const KEY = 'catalog.providers.segment';

const DEFAULT_SCHEDULE: SchedulerServiceTaskScheduleDefinition = {
  frequency: { minutes: 30 },
  timeout: { minutes: 10 },
};

/**
 * Reads how entities are made.
 *
 * @throws `InputError` that names the key that is wrong
 */
export function readProviderOptions(rootConfig: Config): ProviderOptions {
  const config = rootConfig.getOptionalConfig(KEY);
  const ref = (
    key: string,
    kinds: [string, ...string[]],
  ): string | undefined => {
    const value = config?.getOptionalString(key);
    if (value === undefined) {
      return undefined;
    }
    const entityRef = entityRefOf(value, kinds);
    if (!entityRef) {
      throw new InputError(
        `${KEY}.${key}: must be the ref of a ${kinds.join(' or ')}`,
      );
    }
    return entityRef;
  };
  return {
    schedule: config?.has('schedule')
      ? readSchedulerServiceTaskScheduleDefinitionFromConfig(
          config.getConfig('schedule'),
        )
      : DEFAULT_SCHEDULE,
    ownerLabel: config?.getOptionalString('ownerLabel') ?? 'owner',
    defaultOwner: ref('defaultOwner', ['group', 'user']) ?? 'unknown',
    system: ref('system', ['system']),
    spaces: config?.getOptionalBoolean('spaces') ?? true,
  };
}
