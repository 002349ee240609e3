import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import type { SavedView } from 'backstage-plugin-audit-trail-common';
import { useAction, useTranslation } from '../../hooks';
import { errorReason } from '../../model/errors';
import { CancelButton, FormDialog } from '../FormDialog';

/** Asks before a view is deleted. */
export function DeleteViewDialog(props: {
  view: SavedView;
  onDelete(): Promise<void>;
  onClose(): void;
}) {
  const { view, onDelete, onClose } = props;
  const { name, shared } = view;
  const { t } = useTranslation();
  const deleting = useAction(onDelete);
  return (
    <FormDialog
      title={t('view.deleteTitle', { name })}
      busy={deleting.running}
      onClose={onClose}
      actions={
        <>
          <CancelButton disabled={deleting.running} onClick={onClose} />
          <Button
            color="primary"
            variant="contained"
            disabled={deleting.running}
            onClick={async () => {
              if (await deleting.run()) {
                onClose();
              }
            }}
          >
            {t('view.deleteButton')}
          </Button>
        </>
      }
    >
      <Typography>
        {shared ? t('view.deleteShared') : t('view.deleteOwn')}
      </Typography>
      {deleting.error && (
        <Alert severity="error">
          {t('view.deleteFailed', {
            name,
            reason: errorReason(t, deleting.error),
          })}
        </Alert>
      )}
    </FormDialog>
  );
}
