import Typography from '@material-ui/core/Typography';
import SendOutlinedIcon from '@material-ui/icons/SendOutlined';
import { CodeSnippet } from '@backstage/core-components';
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
  return (
    <StatePanel icon={<SendOutlinedIcon />} title="No destinations yet">
      <Typography>
        The trail can be sent on: to Slack, to a webhook such as that of a SIEM,
        to the portal's notifications, to a source in Segment. Name a
        destination in the portal's app-config and restart the backend; what
        goes there is then chosen here:
      </Typography>
      <CodeSnippet text={CONFIG} language="yaml" showCopyCodeButton />
      <Typography variant="body2" color="textSecondary">
        Addresses and secrets stand in app-config alone, so nobody can have the
        trail sent elsewhere from this page. docs/forwarding.md of the Audit
        Trail describes all kinds of destinations.
      </Typography>
    </StatePanel>
  );
}
