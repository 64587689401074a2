"""The CMS GDPR Enforcement Tracker."""
