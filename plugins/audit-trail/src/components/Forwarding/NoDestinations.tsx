import Typography from '@material-ui/core/Typography';
import SendOutlinedIcon from '@material-ui/icons/SendOutlined';
import { CodeSnippet } from '@backstage/core-components';
import { useTranslation } from '../../hooks';
import { StatePanel } from '../StatePanel';

const CONFIG = `auditTrail:
  forwarding:
    destinations:
      data-team:
        type: slack
        title: Slack of the data team
        webhookUrl: \${SLACK_WEBHOOK_URL}
        filter:
          harmful: true`;

/** Tells how to have events sent somewhere. */
export function NoDestinations() {
  const { t } = useTranslation();
  return (
    <StatePanel icon={<SendOutlinedIcon />} title={t('noDestinations.title')}>
      <Typography>{t('noDestinations.text')}</Typography>
      <CodeSnippet text={CONFIG} language="yaml" showCopyCodeButton />
      <Typography variant="body2" color="textSecondary">
        {t('noDestinations.note')}
      </Typography>
    </StatePanel>
  );
}
