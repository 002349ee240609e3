import Button from '@material-ui/core/Button';
import Divider from '@material-ui/core/Divider';
import ListItemIcon from '@material-ui/core/ListItemIcon';
import ListItemText from '@material-ui/core/ListItemText';
import Menu from '@material-ui/core/Menu';
import MenuItem from '@material-ui/core/MenuItem';
import { makeStyles } from '@material-ui/core/styles';
import ArrowDropDownIcon from '@material-ui/icons/ArrowDropDown';
import CheckBoxIcon from '@material-ui/icons/CheckBox';
import CheckBoxOutlineBlankIcon from '@material-ui/icons/CheckBoxOutlineBlank';
import GetAppIcon from '@material-ui/icons/GetApp';
import {
  EXPORT_FORMATS,
  type ExportEventsRequest,
} from 'backstage-plugin-audit-trail-common';
import { useState } from 'react';
import { useTranslation } from '../../hooks';

const useStyles = makeStyles(
  {
    button: { textTransform: 'none', height: 32 },
    // Not `disabled`, at which the focus would be lost.
    unavailable: { opacity: 0.4, cursor: 'default' },
    check: { minWidth: 36 },
  },
  { name: 'AuditTrailExportMenu' },
);

/** Format and compression of an export. */
export type ExportChoice = Pick<ExportEventsRequest, 'format' | 'compress'>;

const MENU_ID = 'audit-trail-export-menu';

/** Exports what is shown, in the format that the reader chooses. */
export function ExportMenu(props: {
  disabled: boolean;
  onExport(choice: ExportChoice): void;
}) {
  const { disabled, onExport } = props;
  const classes = useStyles();
  const { t } = useTranslation();
  const [anchor, setAnchor] = useState<HTMLElement>();
  const [compressed, setCompressed] = useState(false);
  return (
    <>
      <Button
        className={`${classes.button} ${disabled ? classes.unavailable : ''}`}
        size="small"
        variant="outlined"
        startIcon={<GetAppIcon />}
        endIcon={<ArrowDropDownIcon />}
        aria-haspopup="menu"
        aria-controls={anchor ? MENU_ID : undefined}
        aria-expanded={Boolean(anchor)}
        aria-disabled={disabled}
        disableRipple={disabled}
        onClick={event => {
          if (!disabled) {
            setAnchor(event.currentTarget);
          }
        }}
      >
        {t('export.menu')}
      </Button>
      <Menu
        id={MENU_ID}
        open={Boolean(anchor)}
        anchorEl={anchor}
        getContentAnchorEl={null}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }}
        transformOrigin={{ vertical: 'top', horizontal: 'right' }}
        MenuListProps={{ 'aria-label': t('export.menu') }}
        onClose={() => setAnchor(undefined)}
      >
        {EXPORT_FORMATS.map(format => (
          <MenuItem
            key={format}
            dense
            onClick={() => {
              setAnchor(undefined);
              onExport({ format, ...(compressed && { compress: 'gzip' }) });
            }}
          >
            <ListItemText
              primary={t(`export.format.${format}`)}
              secondary={t(`export.formatFor.${format}`)}
            />
          </MenuItem>
        ))}
        <Divider component="li" role="separator" />
        <MenuItem
          dense
          role="menuitemcheckbox"
          aria-checked={compressed}
          onClick={() => setCompressed(!compressed)}
        >
          <ListItemIcon className={classes.check}>
            {/* A picture: the item itself is the checkbox. */}
            {compressed ? (
              <CheckBoxIcon fontSize="small" color="primary" />
            ) : (
              <CheckBoxOutlineBlankIcon fontSize="small" />
            )}
          </ListItemIcon>
          <ListItemText primary={t('export.compress')} />
        </MenuItem>
      </Menu>
    </>
  );
}
