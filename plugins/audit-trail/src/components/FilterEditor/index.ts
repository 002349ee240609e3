export { FilterEditor } from './FilterEditor';
