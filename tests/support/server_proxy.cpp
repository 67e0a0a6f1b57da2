// SPDX-License-Identifier: Apache-2.0
#include "support/server_proxy.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <stdexcept>
#include <string_view>

namespace support {
namespace {

namespace fs = std::filesystem;

sockaddr_un address_of(const fs::path& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
  return address;
}

fs::path socket_in(const fs::path& folder) {
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
    if (entry.is_socket()) {
      return entry.path();
    }
  }
  throw std::runtime_error("no socket in " + folder.string());
}

int connect_to(const fs::path& path) {
  const int socket = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_un address = address_of(path);
  if (::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    throw std::runtime_error("no server at " + path.string());
  }
  return socket;
}

/// Moves what is there from one socket to the other; what it was, empty at the end.
std::string_view move_bytes(int from, int to, std::array<char, 65536>& buffer) {
  const ssize_t length = ::recv(from, buffer.data(), buffer.size(), 0);
  if (length <= 0) {
    return {};
  }
  const std::string_view bytes(buffer.data(), static_cast<std::size_t>(length));
  for (std::size_t sent = 0; sent < bytes.size();) {
    const ssize_t part = ::send(to, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
    if (part <= 0) {
      return {};
    }
    sent += static_cast<std::size_t>(part);
  }
  return bytes;
}

}  // namespace

ServerProxy::ServerProxy(const fs::path& server, const fs::path& folder)
    : real_(socket_in(server)),
      listener_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)),
      end_(::eventfd(0, EFD_CLOEXEC)) {
  const sockaddr_un address = address_of(folder / real_.filename());
  if (::bind(listener_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
      ::listen(listener_, 4) != 0) {
    throw std::runtime_error("the proxy cannot listen");
  }
  thread_ = std::thread([this] { serve(); });
}

ServerProxy::~ServerProxy() {
  ::eventfd_write(end_, 1);
  thread_.join();
  ::close(listener_);
  ::close(end_);
}

void ServerProxy::swallow_next_answer_to(const std::string& query) {
  query_ = query;
  armed_ = true;
}

/// One client after the other.
void ServerProxy::serve() {
  for (;;) {
    std::array<pollfd, 2> wanted{pollfd{listener_, POLLIN, 0}, pollfd{end_, POLLIN, 0}};
    ::poll(wanted.data(), wanted.size(), -1);
    if (wanted[1].revents != 0) {
      return;
    }
    const int client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    const int server = connect_to(real_);
    while (pass_on(client, server)) {
    }
    ::close(client);
    ::close(server);
  }
}

/// Whether the connection goes on.
bool ServerProxy::pass_on(int client, int server) {
  std::array<char, 65536> buffer{};
  std::array<pollfd, 3> wanted{pollfd{client, POLLIN, 0}, pollfd{server, POLLIN, 0},
                               pollfd{end_, POLLIN, 0}};
  ::poll(wanted.data(), wanted.size(), -1);
  if (wanted[2].revents != 0) {
    return false;
  }
  if (wanted[1].revents != 0) {
    return !move_bytes(server, client, buffer).empty();
  }
  const std::string_view asked = move_bytes(client, server, buffer);
  if (armed_ && asked.find(query_) != std::string_view::npos) {
    armed_ = false;
    swallowed_ = ::recv(server, buffer.data(), buffer.size(), 0) > 0;
    return false;
  }
  return !asked.empty();
}

}  // namespace support
