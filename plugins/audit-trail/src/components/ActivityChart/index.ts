export { ActivityChart } from './ActivityChart';
export { loadChart } from './loadChart';
