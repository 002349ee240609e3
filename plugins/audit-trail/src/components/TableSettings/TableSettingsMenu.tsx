import IconButton from '@material-ui/core/IconButton';
import ListSubheader from '@material-ui/core/ListSubheader';
import Popover from '@material-ui/core/Popover';
import MenuList from '@material-ui/core/MenuList';
import { makeStyles } from '@material-ui/core/styles';
import ViewColumnIcon from '@material-ui/icons/ViewColumn';
import { useState } from 'react';
import { useTranslation, type TableSettings } from '../../hooks';
import { TABLE_COLUMNS, toggleColumn } from '../../model/tableColumns';
import { ChoiceItem } from '../FilterMenu';

const useStyles = makeStyles(
  theme => ({
    list: { minWidth: 220, outline: 'none' },
    heading: {
      lineHeight: '32px',
      backgroundColor: theme.palette.background.paper,
    },
  }),
  { name: 'AuditTrailTableSettings' },
);

/** Chooses how close the rows stand, and the columns. */
export function TableSettingsMenu(props: { settings: TableSettings }) {
  const { columns, density, setColumns, setDensity } = props.settings;
  const classes = useStyles();
  const { t } = useTranslation();
  const [anchor, setAnchor] = useState<HTMLElement>();
  return (
    <>
      <IconButton
        size="small"
        aria-label={t('settings.label')}
        title={t('settings.label')}
        aria-haspopup="dialog"
        aria-expanded={Boolean(anchor)}
        onClick={event => setAnchor(event.currentTarget)}
      >
        <ViewColumnIcon />
      </IconButton>
      <Popover
        open={Boolean(anchor)}
        anchorEl={anchor}
        onClose={() => setAnchor(undefined)}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }}
        transformOrigin={{ vertical: 'top', horizontal: 'right' }}
        PaperProps={{ role: 'dialog', 'aria-label': t('settings.label') }}
      >
        <MenuList
          className={classes.list}
          autoFocusItem
          aria-label={t('settings.label')}
        >
          <ChoiceItem
            label={t('settings.dense')}
            checked={density === 'dense'}
            onToggle={() =>
              setDensity(density === 'dense' ? 'comfortable' : 'dense')
            }
          />
          <ListSubheader className={classes.heading} role="presentation">
            {t('settings.columns')}
          </ListSubheader>
          {TABLE_COLUMNS.map(column => (
            <ChoiceItem
              key={column}
              label={t(`table.${column}`)}
              checked={columns.includes(column)}
              onToggle={() => setColumns(toggleColumn(columns, column))}
            />
          ))}
        </MenuList>
      </Popover>
    </>
  );
}
