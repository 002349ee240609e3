export { PageWithTabs } from './PageWithTabs';
