import Button from '@material-ui/core/Button';
import CircularProgress from '@material-ui/core/CircularProgress';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import Alert from '@material-ui/lab/Alert';
import CheckIcon from '@material-ui/icons/Check';
import HelpOutlineIcon from '@material-ui/icons/HelpOutline';
import { useApi } from '@backstage/frontend-plugin-api';
import type {
  Destination,
  DestinationTestResult,
} from 'backstage-plugin-audit-trail-common';
import { useEffect, type ReactElement } from 'react';
import { auditTrailApiRef } from '../../api';
import { useAction, useTranslation } from '../../hooks';
import { FormDialog } from '../FormDialog';
import { RetryAlert } from '../RetryAlert';

const useStyles = makeStyles(
  theme => ({
    running: {
      display: 'flex',
      alignItems: 'center',
      gap: theme.spacing(1.5),
      minHeight: 48,
    },
    list: { margin: 0, padding: 0, listStyle: 'none' },
    item: {
      display: 'flex',
      gap: theme.spacing(1),
      marginTop: theme.spacing(0.5),
      lineHeight: '24px',
      '& svg': { flexShrink: 0, marginTop: 2, fontSize: '1.25rem' },
    },
    proven: { '& svg': { color: theme.palette.success.main } },
    open: { '& svg': { color: theme.palette.text.secondary } },
  }),
  { name: 'AuditTrailTestDialog' },
);

function Sentences(props: {
  heading: string;
  sentences: readonly string[];
  icon: ReactElement;
  className: string;
}) {
  const { heading, sentences, icon, className } = props;
  const classes = useStyles();
  if (sentences.length === 0) {
    return null;
  }
  return (
    <section aria-label={heading}>
      <Typography variant="subtitle2" component="h3">
        {heading}
      </Typography>
      <ul className={`${classes.list} ${className}`}>
        {sentences.map(sentence => (
          <li key={sentence} className={classes.item}>
            {icon}
            {sentence}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Result(props: { result: DestinationTestResult }) {
  const { delivered, error, proves, doesNotProve } = props.result;
  const classes = useStyles();
  const { t } = useTranslation();
  return (
    <>
      {delivered ? (
        <Alert severity="success">{t('test.delivered')}</Alert>
      ) : (
        <Alert severity="error">
          {t('test.notDelivered', { reason: error ?? t('test.noReason') })}
        </Alert>
      )}
      <Sentences
        heading={t('test.proves')}
        sentences={proves}
        icon={<CheckIcon aria-hidden />}
        className={classes.proven}
      />
      <Sentences
        heading={t('test.provesNot')}
        sentences={doesNotProve}
        icon={<HelpOutlineIcon aria-hidden />}
        className={classes.open}
      />
    </>
  );
}

/** Sends a test event to a destination and shows what came of it. */
export function TestDialog(props: {
  destination: Destination;
  onClose(): void;
}) {
  const { destination, onClose } = props;
  const { id, title } = destination;
  const classes = useStyles();
  const { t } = useTranslation();
  const api = useApi(auditTrailApiRef);
  const test = useAction(() => api.testDestination(id));
  const { run } = test;
  useEffect(() => {
    run();
  }, [run]);
  return (
    <FormDialog
      title={t('destination.testLabel', { title })}
      onClose={onClose}
      actions={
        <>
          <Button disabled={test.running} onClick={() => run()}>
            {t('test.again')}
          </Button>
          <Button color="primary" variant="contained" onClick={onClose}>
            {t('common.close')}
          </Button>
        </>
      }
    >
      {test.running && (
        <div className={classes.running} role="status">
          <CircularProgress size={24} aria-hidden />
          <Typography>{t('test.running')}</Typography>
        </div>
      )}
      {test.error && (
        <RetryAlert what={t('test.failed')} error={test.error} onRetry={run} />
      )}
      {test.result && <Result result={test.result} />}
    </FormDialog>
  );
}
