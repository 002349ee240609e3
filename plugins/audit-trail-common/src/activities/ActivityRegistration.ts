import type { ActivityCategory } from './catalogue';

/**
 * An activity as the plugin or service that reports it describes it.
 *
 * @public
 */
export interface ActivityRegistration {
  /**
   * Stable id in lower case, such as `deployment.rolled-back`: what it is about,
   * a dot, and what was done.
   */
  id: string;
  /** Its name for people, such as `Deployment Rolled Back`. */
  label: string;
  /** The area it belongs to: one of the catalogue, or one's own. */
  category: string | ActivityCategory;
  /** What is done; the last part of the id if left out. */
  verb?: string;
  /**
   * Whether it takes something away that somebody may miss; by its verb if left
   * out.
   */
  harmful?: boolean;
}

/**
 * Body of `PUT /v1/activities`.
 *
 * @public
 */
export interface RegisterActivitiesRequest {
  activities: ActivityRegistration[];
}
