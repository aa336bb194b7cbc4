// The filter *Review*: all, only what somebody has compared with its sentence, or only the rest. What has claims of both is reviewed.

/** @import { Words } from "./types.d.ts" */

/** The title of the filter. @param {Words} words */
export const reviewTitle = (words) => words("Review");

/** Its choices beside all. @param {Words} words */
export const reviewWords = (words) => ({ reviewed: words("reviewed"), unreviewed: words("not reviewed") });

/** Whether somebody has compared it with its sentence; of an edge, one of its claims. @param {{review?: string}} said */
export const isReviewed = ({ review }) => review !== "unreviewed";

/** Whether something passes; an empty choice leaves everything. @param {string} choice @param {boolean} isReviewed */
export const passesReview = (choice, isReviewed) => !choice || isReviewed === (choice === "reviewed");
