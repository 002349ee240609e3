export { SavedViewsMenu } from './SavedViewsMenu';
export { UseSavedView } from './UseSavedView';
