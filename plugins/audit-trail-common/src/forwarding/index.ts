export { DELIVERY_STATES } from './Delivery';
export type {
  Delivery,
  DeliveryPage,
  DeliveryState,
  QueryDeliveriesRequest,
  RedriveRequest,
  RedriveResponse,
} from './Delivery';
export type {
  Destination,
  DestinationHour,
  DestinationSettings,
  DestinationsResponse,
  DestinationState,
  DestinationTestResult,
  UpdateDestinationRequest,
} from './Destination';
