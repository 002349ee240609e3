export { NavigationIcon } from './NavigationIcon';
