import Drawer from '@material-ui/core/Drawer';
import IconButton from '@material-ui/core/IconButton';
import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import Skeleton from '@material-ui/lab/Skeleton';
import CloseIcon from '@material-ui/icons/Close';
import CodeIcon from '@material-ui/icons/Code';
import LaunchOutlinedIcon from '@material-ui/icons/LaunchOutlined';
import OpenInNewIcon from '@material-ui/icons/OpenInNew';
import LinkIcon from '@material-ui/icons/Link';
import { LinkButton } from '@backstage/core-components';
import type { AuditEvent } from 'backstage-plugin-audit-trail-common';
import { useRef } from 'react';
import {
  useEntityAddress,
  useEventAddress,
  useSegmentUrl,
  useTranslation,
  type EventSteps,
  type Loaded,
} from '../../hooks';
import { statusOf } from '../../model/errors';
import { eventSentence } from '../../model/labels';
import {
  clockTime,
  fullTime,
  hasSameDateEverywhere,
  longRelativeTime,
  zoneName,
  type TimeZone,
} from '../../model/times';
import type { Translate } from '../../translation';
import { HarmfulIcon, type OnNarrow } from '../EventParts';
import { CopyButton } from './CopyButton';
import { EventFacts } from './EventFacts';
import type { OnRelated } from './RelatedFacts';
import { StepButtons } from './StepButtons';
import { useDrawerStyles } from './useDrawerStyles';
import { RetryAlert } from '../RetryAlert';

/** What of an event's surroundings is shown. */
interface RelatedOptions {
  /** Events of this entity only. */
  entityRef?: string;
  onRelated: OnRelated;
}

const TITLE_ID = 'audit-trail-event-title';

/** The time in the reader's zone, in the other one, and as a distance. */
function timeLine(
  t: Translate,
  time: string,
  zone: TimeZone,
  now: number,
): string {
  const other = zone === 'utc' ? 'local' : 'utc';
  const parts = [`${fullTime(t, time, zone)} ${zoneName(t, zone)}`];
  if (zoneName(t, zone) !== zoneName(t, other)) {
    const otherTime = hasSameDateEverywhere(time)
      ? clockTime(t, time, other)
      : fullTime(t, time, other);
    parts.push(`${otherTime} ${zoneName(t, other)}`);
  }
  return [...parts, longRelativeTime(t, time, now)].join(' · ');
}

function EventContent(props: {
  event: AuditEvent;
  now: number;
  zone: TimeZone;
  ownPath: boolean;
  onNarrow?: OnNarrow;
  related?: RelatedOptions;
}) {
  const { event, now, zone } = props;
  const { resource } = event;
  const classes = useDrawerStyles();
  const { t } = useTranslation();
  const address = useEventAddress(event.id, props.ownPath);
  const entityAddress = useEntityAddress();
  const segmentUrl = useSegmentUrl(event);
  const hasDetails = Object.keys(event.details ?? {}).length > 0;
  return (
    <div className={classes.body}>
      <div>
        <Typography className={classes.sentence}>
          {eventSentence(t, event)}
        </Typography>
        <Typography variant="body2" color="textSecondary">
          <time dateTime={event.occurredAt}>
            {timeLine(t, event.occurredAt, zone, now)}
          </time>
        </Typography>
      </div>
      <div className={classes.buttons}>
        {resource.entityRef && (
          <LinkButton
            role="link"
            size="small"
            variant="outlined"
            color="primary"
            startIcon={<LaunchOutlinedIcon />}
            to={entityAddress(resource.entityRef)}
          >
            {t('drawer.openEntity')}
          </LinkButton>
        )}
        {segmentUrl && (
          <LinkButton
            role="link"
            size="small"
            variant="outlined"
            color="primary"
            startIcon={<OpenInNewIcon />}
            to={segmentUrl}
          >
            {t('drawer.openInSegment')}
          </LinkButton>
        )}
        <CopyButton name="copy-link" text={address} icon={<LinkIcon />}>
          {t('drawer.copyLink')}
        </CopyButton>
        <CopyButton
          name="copy-json"
          text={JSON.stringify(event, undefined, 2)}
          icon={<CodeIcon />}
        >
          {t('drawer.copyJson')}
        </CopyButton>
      </div>
      <EventFacts
        event={event}
        zone={zone}
        onNarrow={props.onNarrow}
        related={props.related}
      />
      {hasDetails && (
        <details className={classes.details}>
          <summary>{t('drawer.details')}</summary>
          <pre>{JSON.stringify(event.details, undefined, 2)}</pre>
        </details>
      )}
    </div>
  );
}

/** Everything about one event, at the right of the trail. */
export function EventDrawer(props: {
  /** Id of the event; the drawer is closed without one. */
  id: string | undefined;
  event: Loaded<AuditEvent>;
  now: number;
  zone: TimeZone;
  /** Whether an event has a path of its own here. */
  ownPath: boolean;
  /** Left out where there is no list around the event. */
  steps?: EventSteps;
  onClose(): void;
  onNarrow?: OnNarrow;
  /** Left out where there is no list to show what is related. */
  related?: RelatedOptions;
}) {
  const { id, steps, onClose } = props;
  const { value, error, retry } = props.event;
  // What was open stays while the drawer slides out.
  const lastRef = useRef(value);
  if (id) {
    lastRef.current = value;
  }
  const event = lastRef.current;
  const classes = useDrawerStyles();
  const { t } = useTranslation();
  return (
    <Drawer
      anchor="right"
      open={Boolean(id)}
      onClose={(cause: { detail?: number }) => {
        // The second click of a double click on a row meets the backdrop.
        if (!cause.detail || cause.detail < 2) {
          onClose();
        }
      }}
      // The list does it: it knows the row of the event that was shown last.
      disableRestoreFocus
      BackdropProps={{ invisible: true }}
      PaperProps={{
        className: classes.paper,
        role: 'dialog',
        'aria-modal': true,
        'aria-labelledby': TITLE_ID,
        tabIndex: -1,
      }}
    >
      <div
        className={`${classes.header} ${event?.harmful ? classes.harmful : ''}`}
      >
        <h2 id={TITLE_ID} className={classes.title}>
          {event?.label ??
            (error ? t('drawer.title') : <Skeleton width={220} />)}
        </h2>
        {event?.harmful && (
          <span className={classes.harmfulText}>
            <HarmfulIcon /> <span aria-hidden>{t('drawer.harmful')}</span>
          </span>
        )}
        {steps && <StepButtons steps={steps} />}
        <IconButton
          size="small"
          aria-label={t('common.close')}
          onClick={onClose}
        >
          <CloseIcon />
        </IconButton>
      </div>
      {event && (
        <EventContent
          key={event.id}
          event={event}
          now={props.now}
          zone={props.zone}
          ownPath={props.ownPath}
          onNarrow={props.onNarrow}
          related={props.related}
        />
      )}
      {!event && !error && (
        <div className={classes.body} aria-busy>
          {Array.from({ length: 8 }, (_, line) => (
            <Skeleton key={line} height={28} />
          ))}
        </div>
      )}
      {!event && error && (
        <div className={classes.body}>
          {statusOf(error) === 404 ? (
            <Alert severity="info">{t('drawer.missing')}</Alert>
          ) : (
            <RetryAlert
              what={t('drawer.loadFailed')}
              error={error}
              onRetry={retry}
            />
          )}
        </div>
      )}
    </Drawer>
  );
}
