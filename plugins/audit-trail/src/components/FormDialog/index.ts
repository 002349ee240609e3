export { CancelButton, FormDialog } from './FormDialog';
