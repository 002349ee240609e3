import Link from '@material-ui/core/Link';
import Skeleton from '@material-ui/lab/Skeleton';
import {
  TRAIL_READ_TYPES,
  type AuditEvent,
  type AuditEventCount,
} from 'backstage-plugin-audit-trail-common';
import { useRelatedEvents, useTranslation } from '../../hooks';
import { actorName, eventCountLabel, resourceName } from '../../model/labels';
import type { TrailChoice } from '../../model/trailState';
import { useDrawerStyles } from './useDrawerStyles';

/** Shows the events that a choice stands for in the list. */
export type OnRelated = (choice: TrailChoice) => void;

/**
 * How much happened to the same resource and by the same actor in the hours
 * around an event, each leading to the list of it.
 */
export function RelatedFacts(props: {
  event: AuditEvent;
  entityRef: string | undefined;
  onRelated: OnRelated;
}) {
  const { event, entityRef, onRelated } = props;
  const classes = useDrawerStyles();
  const { t } = useTranslation();
  const { value, error } = useRelatedEvents(event.id, entityRef);
  if (error) {
    // It is an extra: the event itself is there without it.
    return null;
  }
  const views = TRAIL_READ_TYPES.some(type => type === event.type);
  const fact = (
    count: AuditEventCount,
    filter: TrailChoice['filter'],
    key: 'related.resource' | 'related.actor',
    name: string,
  ) => {
    const events = eventCountLabel(t, count.totalItems, count.totalItemsCapped);
    return (
      <div className={classes.fact}>
        {count.totalItems > 1 ? (
          <Link
            component="button"
            variant="body2"
            align="left"
            onClick={() =>
              onRelated({
                filter,
                range: { from: value!.from, to: value!.to },
                views,
              })
            }
          >
            {t(key, { events, name })}
          </Link>
        ) : (
          <span className={classes.quiet}>{t(`${key}None`, { name })}</span>
        )}
      </div>
    );
  };
  return (
    <>
      <dt>{t('related.label')}</dt>
      <dd>
        {value ? (
          <>
            {fact(
              value.resource,
              { resources: [event.resource.key] },
              'related.resource',
              resourceName(event.resource),
            )}
            {fact(
              value.actor,
              { actors: [event.actor.id] },
              'related.actor',
              actorName(event.actor),
            )}
          </>
        ) : (
          <>
            <Skeleton width="70%" height={24} />
            <Skeleton width="60%" height={24} />
          </>
        )}
      </dd>
    </>
  );
}
