export { SavedViewsMenu } from './SavedViewsMenu';
