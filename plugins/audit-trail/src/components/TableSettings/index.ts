export { KeyboardHelp } from './KeyboardHelp';
export { TableSettingsMenu } from './TableSettingsMenu';
