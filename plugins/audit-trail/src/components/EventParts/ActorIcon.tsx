import { makeStyles } from '@material-ui/core/styles';
import DnsOutlinedIcon from '@material-ui/icons/DnsOutlined';
import ExtensionOutlinedIcon from '@material-ui/icons/ExtensionOutlined';
import PersonOutlineIcon from '@material-ui/icons/PersonOutline';
import VpnKeyOutlinedIcon from '@material-ui/icons/VpnKeyOutlined';
import type { AuditEventActorType } from 'backstage-plugin-audit-trail-common';
import { useTranslation } from '../../hooks';
import { actorTypeLabel } from '../../model/labels';

const ICONS = {
  user: PersonOutlineIcon,
  'access-token': VpnKeyOutlinedIcon,
  service: ExtensionOutlinedIcon,
  system: DnsOutlinedIcon,
};

const useStyles = makeStyles(
  theme => ({
    icon: {
      color: theme.palette.text.secondary,
      fontSize: '1.125rem',
      flexShrink: 0,
    },
  }),
  { name: 'AuditTrailActorIcon' },
);

/** Shows which kind of actor did something. */
export function ActorIcon(props: { type: AuditEventActorType }) {
  const classes = useStyles();
  const { t } = useTranslation();
  const Icon = ICONS[props.type] ?? ExtensionOutlinedIcon;
  return (
    <Icon
      className={classes.icon}
      titleAccess={actorTypeLabel(t, props.type)}
    />
  );
}
