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
  DestinationPreview,
  DestinationSettings,
  DestinationsResponse,
  DestinationState,
  DestinationTestResult,
  PreviewDestinationRequest,
  UpdateDestinationRequest,
} from './Destination';
