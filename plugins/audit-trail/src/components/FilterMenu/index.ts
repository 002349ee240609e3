export { ChoiceItem } from './ChoiceItem';
export { ChoiceList } from './ChoiceList';
export { FilterMenu } from './FilterMenu';
