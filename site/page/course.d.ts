// What site/build/course.ts makes.

declare module 'virtual:course' {
  const course: import('./course-data.ts').CourseData;
  export default course;
}
