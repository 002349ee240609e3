export { NoAccess } from './NoAccess';
export { NoEntityAccess } from './NoEntityAccess';
