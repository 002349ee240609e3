import Button from '@material-ui/core/Button';
import Divider from '@material-ui/core/Divider';
import List from '@material-ui/core/List';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import Alert from '@material-ui/lab/Alert';
import Skeleton from '@material-ui/lab/Skeleton';
import type { SavedView } from 'backstage-plugin-audit-trail-common';
import { useRef } from 'react';
import { useAction, useTranslation, type SavedViews } from '../../hooks';
import { errorReason } from '../../model/errors';
import type { CurrentView } from '../../model/savedViews';
import { RetryAlert } from '../RetryAlert';
import type { ViewDialog } from './ViewDialog';
import { ViewRow } from './ViewRow';

const useStyles = makeStyles(
  theme => ({
    list: { overflowY: 'auto', minHeight: 0 },
    note: { padding: theme.spacing(1, 2) },
    heading: { padding: theme.spacing(1, 2, 0), fontWeight: 700 },
    group: { padding: 0 },
    actions: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(1),
      padding: theme.spacing(1, 2),
      '& button': { textTransform: 'none', maxWidth: '100%' },
      '& span': { overflowWrap: 'anywhere' },
    },
  }),
  { name: 'AuditTrailViewsPanel' },
);

/** The views, and what to do with what the page shows. */
export function ViewsPanel(props: {
  views: SavedViews;
  current: CurrentView | undefined;
  /** The query of what the page shows, if a view may keep it. */
  query?: string;
  /** Why it may not. */
  problem?: string;
  /** What was done last. */
  done: string;
  /** Whether a view may become what is sent to a destination. */
  maySend: boolean;
  onApply(view: SavedView): void;
  onDone(message: string): void;
  onDialog(dialog: ViewDialog): void;
}) {
  const { views, current, query, problem, done, maySend } = props;
  const { onApply, onDone, onDialog } = props;
  const classes = useStyles();
  const { t } = useTranslation();
  const changing = useAction(
    async (
      view: SavedView,
      changes: { query?: string; shared?: boolean },
      message: string,
    ) => {
      await views.update(view, changes);
      onDone(message);
    },
  );
  const changed = useRef<SavedView>();
  const update: typeof changing.run = async (view, changes, message) => {
    changed.current = view;
    return changing.run(view, changes, message);
  };

  const { value, error, loading } = views;
  const mayChange = ({ shared }: SavedView) =>
    !shared || Boolean(value?.mayShare);
  const groups = [
    { heading: t('view.own'), items: value?.items.filter(v => !v.shared) },
    { heading: t('view.shared'), items: value?.items.filter(v => v.shared) },
  ];

  return (
    <div className={classes.list}>
      {!value && loading && (
        <div
          className={classes.note}
          role="status"
          aria-label={t('view.loading')}
        >
          <Skeleton height={36} />
          <Skeleton height={36} />
        </div>
      )}
      {error && (
        <div className={classes.note}>
          <RetryAlert
            what={t('view.loadFailed')}
            error={error}
            onRetry={views.retry}
          />
        </div>
      )}
      {changing.error && changed.current && (
        <div className={classes.note}>
          <Alert severity="error">
            {t('view.changeFailed', {
              name: changed.current.name,
              reason: errorReason(t, changing.error),
            })}
          </Alert>
        </div>
      )}
      <Typography
        className={done ? classes.note : undefined}
        variant="body2"
        role="status"
      >
        {done}
      </Typography>
      {value?.items.length === 0 && (
        <div className={classes.note}>
          <Typography variant="subtitle2">{t('view.noneTitle')}</Typography>
          <Typography variant="body2" color="textSecondary">
            {t('view.none')} {value.mayShare && t('view.noneShared')}
          </Typography>
        </div>
      )}
      {groups.map(
        ({ heading, items }) =>
          items &&
          items.length > 0 && (
            <div key={heading}>
              <Typography
                className={classes.heading}
                variant="body2"
                component="h2"
              >
                {heading}
              </Typography>
              <List className={classes.group} dense aria-label={heading}>
                {items.map(view => (
                  <ViewRow
                    key={view.id}
                    view={view}
                    current={current?.view.id === view.id ? current : undefined}
                    mayChange={mayChange(view)}
                    mayShare={value?.mayShare ?? false}
                    maySend={maySend}
                    query={query}
                    onApply={() => onApply(view)}
                    onDone={onDone}
                    onDialog={onDialog}
                    onUpdate={(changes, message) =>
                      update(view, changes, message)
                    }
                  />
                ))}
              </List>
            </div>
          ),
      )}
      {value && (
        <>
          <Divider />
          {problem && (
            <Typography className={classes.note} variant="body2">
              {t('view.tooLong', { reason: problem })}
            </Typography>
          )}
          <div className={classes.actions}>
            <Button
              size="small"
              variant="outlined"
              color="primary"
              disabled={query === undefined}
              onClick={() => onDialog({ kind: 'save' })}
            >
              {t('view.save')}
            </Button>
            {current?.modified && (
              <>
                {mayChange(current.view) && (
                  <Button
                    size="small"
                    disabled={query === undefined || changing.running}
                    onClick={() =>
                      update(
                        current.view,
                        { query },
                        t('view.updated', { name: current.view.name }),
                      )
                    }
                  >
                    {t('view.update', { name: current.view.name })}
                  </Button>
                )}
                <Button size="small" onClick={() => onApply(current.view)}>
                  {t('view.reset', { name: current.view.name })}
                </Button>
              </>
            )}
          </div>
        </>
      )}
    </div>
  );
}
