import Drawer from '@material-ui/core/Drawer';
import IconButton from '@material-ui/core/IconButton';
import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import Skeleton from '@material-ui/lab/Skeleton';
import CloseIcon from '@material-ui/icons/Close';
import CodeIcon from '@material-ui/icons/Code';
import LaunchOutlinedIcon from '@material-ui/icons/LaunchOutlined';
import LinkIcon from '@material-ui/icons/Link';
import { LinkButton } from '@backstage/core-components';
import type { AuditEvent } from 'backstage-plugin-audit-trail-common';
import { useRef } from 'react';
import {
  useEntityAddress,
  useEventAddress,
  type EventSteps,
  type Loaded,
} from '../../hooks';
import { statusOf } from '../../model/errors';
import { eventSentence, resourceName } from '../../model/labels';
import {
  clockTime,
  fullTime,
  hasSameDateEverywhere,
  longRelativeTime,
  zoneName,
  type TimeZone,
} from '../../model/times';
import { HarmfulIcon, type OnNarrow } from '../EventParts';
import { CopyButton } from './CopyButton';
import { EventFacts } from './EventFacts';
import { StepButtons } from './StepButtons';
import { useDrawerStyles } from './useDrawerStyles';
import { RetryAlert } from '../RetryAlert';

const TITLE_ID = 'audit-trail-event-title';

/** The time in the reader's zone, in the other one, and as a distance. */
function timeLine(time: string, zone: TimeZone, now: number): string {
  const other = zone === 'utc' ? 'local' : 'utc';
  const parts = [`${fullTime(time, zone)} ${zoneName(zone)}`];
  if (zoneName(zone) !== zoneName(other)) {
    const otherTime = hasSameDateEverywhere(time)
      ? clockTime(time, other)
      : fullTime(time, other);
    parts.push(`${otherTime} ${zoneName(other)}`);
  }
  return [...parts, longRelativeTime(time, now)].join(' · ');
}

function EventContent(props: {
  event: AuditEvent;
  now: number;
  zone: TimeZone;
  ownPath: boolean;
  onNarrow?: OnNarrow;
}) {
  const { event, now, zone } = props;
  const { resource } = event;
  const classes = useDrawerStyles();
  const address = useEventAddress(event.id, props.ownPath);
  const entityAddress = useEntityAddress();
  const hasDetails = Object.keys(event.details ?? {}).length > 0;
  return (
    <div className={classes.body}>
      <div>
        <Typography className={classes.sentence}>
          {eventSentence(event)}
        </Typography>
        <Typography variant="body2" color="textSecondary">
          <time dateTime={event.occurredAt}>
            {timeLine(event.occurredAt, zone, now)}
          </time>
        </Typography>
      </div>
      <div className={classes.buttons}>
        {resource.entityRef && (
          <LinkButton
            size="small"
            variant="outlined"
            color="primary"
            startIcon={<LaunchOutlinedIcon />}
            to={entityAddress(resource.entityRef)}
          >
            {`Open ${resourceName(resource)} in the catalog`}
          </LinkButton>
        )}
        <CopyButton text={address} icon={<LinkIcon />}>
          Copy link
        </CopyButton>
        <CopyButton
          text={JSON.stringify(event, undefined, 2)}
          icon={<CodeIcon />}
        >
          Copy JSON
        </CopyButton>
      </div>
      <EventFacts event={event} zone={zone} onNarrow={props.onNarrow} />
      {hasDetails && (
        <details className={classes.details}>
          <summary>Details</summary>
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
  return (
    <Drawer
      anchor="right"
      open={Boolean(id)}
      onClose={onClose}
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
          {event?.label ?? (error ? 'Audit event' : <Skeleton width={220} />)}
        </h2>
        {event?.harmful && (
          <span className={classes.harmfulText}>
            <HarmfulIcon /> <span aria-hidden>harmful</span>
          </span>
        )}
        {steps && <StepButtons steps={steps} />}
        <IconButton size="small" aria-label="Close" onClick={onClose}>
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
            <Alert severity="info">
              This event does not exist, or you may not see it.
            </Alert>
          ) : (
            <RetryAlert
              what="The event could not be loaded"
              error={error}
              onRetry={retry}
            />
          )}
        </div>
      )}
    </Drawer>
  );
}
