export { type CalendarFile, orderCalendar } from "./order-calendar.ts";
